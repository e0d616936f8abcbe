import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from loyalty.adapters.secrets import SecretsManagerSecrets
from loyalty.ports import PaymentSecrets, WebhookSource

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

PAYMENTS = {"provider": "sandbox", "api_key": "k", "callback_secrets": ["whsec_AAAA"]}
SOURCES = {
    "shopify": {"type": "shopify", "secrets": ["new", "old"]},
    "partner": {"type": "standard", "secrets": ["whsec_AAAA"]},
}


@pytest.fixture
def client() -> Iterator["SecretsManagerClient"]:
    with mock_aws():
        client = boto3.client("secretsmanager", region_name="us-east-1")
        client.create_secret(Name="cursor", SecretString="a key")
        client.create_secret(Name="sources", SecretString=json.dumps(SOURCES))
        client.create_secret(Name="payments", SecretString=json.dumps(PAYMENTS))
        yield client


def test_secrets_are_read_by_their_ids(client: "SecretsManagerClient") -> None:
    secrets = SecretsManagerSecrets(client, "cursor", "sources", "payments")

    assert secrets.cursor_key() == b"a key"
    assert secrets.webhook_sources() == {
        "shopify": WebhookSource("shopify", ("new", "old")),
        "partner": WebhookSource("standard", ("whsec_AAAA",)),
    }
    assert secrets.payments() == PaymentSecrets("sandbox", "k", ("whsec_AAAA",))


def test_secrets_are_remembered_for_a_minute_and_no_longer(
    client: "SecretsManagerClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = SecretsManagerSecrets(client, "cursor", "sources", "payments")
    assert secrets.cursor_key() == b"a key"
    client.put_secret_value(SecretId="cursor", SecretString="a new key")
    assert secrets.cursor_key() == b"a key"

    monkeypatch.setattr("loyalty.adapters.secrets.MAX_AGE_SECONDS", -1)
    expired = SecretsManagerSecrets(client, "cursor", "sources", "payments")
    assert expired.cursor_key() == b"a new key"
