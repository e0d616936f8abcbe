"""The shops whose signed webhooks are believed: one of each type, named like it."""

import base64
import json
import secrets

from mall.aws import Aws
from mall.stack_file import Shop, Stack

TYPES = ("standard", "shopify", "woocommerce")


def configure(aws: Aws, stack: Stack) -> dict[str, Shop]:
    """Write the shops' secrets where the webhook function reads them."""
    known = stack.webhooks
    shops = {name: known.get(name) or Shop(type=name, secret=_secret(name)) for name in TYPES}
    sources = {name: {"type": shop.type, "secrets": [shop.secret]} for name, shop in shops.items()}
    aws.secretsmanager.put_secret_value(
        SecretId=stack.secrets["WebhookSourcesSecret"], SecretString=json.dumps(sources)
    )
    return shops


def _secret(kind: str) -> str:
    if kind == "standard":
        return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
    return secrets.token_hex(32)
