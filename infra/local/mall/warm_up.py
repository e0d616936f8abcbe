"""Starts one process of each function, so that the first real call does not wait for it."""

import json
from concurrent.futures import ThreadPoolExecutor

from mall.aws import Aws
from mall.stack_file import Stack

# An event that each kind of function answers without doing anything.
NOTHING_HAPPENED = {
    "QueueFunction": {"Records": []},
    "RelayFunction": {"Records": []},
    "ApiFunction": {
        "version": "2.0",
        "routeKey": "GET /",
        "rawPath": "/",
        "rawQueryString": "",
        "headers": {},
        "requestContext": {"http": {"method": "GET", "path": "/"}, "requestId": "warm-up"},
        "isBase64Encoded": False,
    },
}
NOTHING_HAPPENED["WebhookFunction"] = NOTHING_HAPPENED["ApiFunction"]


def warm_up(aws: Aws, stack: Stack) -> None:
    """Call every function that can be called without effect."""

    def call(name: str) -> None:
        for kind, event in NOTHING_HAPPENED.items():
            if name.endswith(kind):
                aws.functions.invoke(FunctionName=stack.functions[name], Payload=json.dumps(event))

    with ThreadPoolExecutor(max_workers=2) as two_at_a_time:
        list(two_at_a_time.map(call, stack.functions))
