"""Starts one process of each function, so that the first real call does not wait for it."""

import json
from concurrent.futures import ThreadPoolExecutor

from mall.aws import Aws
from mall.stack_file import Stack

NO_RECORDS: dict[str, object] = {"Records": []}
NO_SUCH_ROUTE: dict[str, object] = {
    "version": "2.0",
    "routeKey": "$default",
    "rawPath": "/warm-up",
    "rawQueryString": "",
    "headers": {},
    "requestContext": {
        "stage": "$default",
        "requestId": "warm-up",
        "http": {"method": "GET", "path": "/warm-up"},
    },
    "isBase64Encoded": False,
}
# What each kind of function answers without doing anything.
NOTHING_HAPPENED = {
    "QueueFunction": NO_RECORDS,
    "RelayFunction": NO_RECORDS,
    "ApiFunction": NO_SUCH_ROUTE,
    "WebhookFunction": NO_SUCH_ROUTE,
}


def warm_up(aws: Aws, stack: Stack) -> None:
    """Call every function that can be called without effect."""

    def call(name: str) -> None:
        for kind, event in NOTHING_HAPPENED.items():
            if name.endswith(kind):
                aws.functions.invoke(FunctionName=stack.functions[name], Payload=json.dumps(event))

    with ThreadPoolExecutor(max_workers=2) as two_at_a_time:
        list(two_at_a_time.map(call, stack.functions))
