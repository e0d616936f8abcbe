"""The payment provider that the mall believes: the sandbox, under its own keys."""

import json

from mall.aws import Aws
from mall.sandbox.running import PaymentSandbox
from mall.stack_file import PaymentProvider, Stack

NAME = "sandbox"


def configure(aws: Aws, stack: Stack, sandbox: PaymentSandbox) -> Stack:
    """Let mall and provider know each other: keys here, the callbacks' address there."""
    known = sandbox.known()
    secret = {
        "provider": NAME,
        "api_key": known.api_key,
        "callback_secrets": [known.callback_secret],
    }
    aws.secretsmanager.put_secret_value(
        SecretId=stack.secrets["PaymentSecret"], SecretString=json.dumps(secret)
    )
    sandbox.call_back_at(f"{stack.api}/v1/payments/{NAME}/callbacks")
    provider = PaymentProvider(
        url=sandbox.url, api_key=known.api_key, callback_secret=known.callback_secret
    )
    return stack.model_copy(update={"payments": {NAME: provider}})
