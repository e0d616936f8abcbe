"""Secrets Manager, remembered for a minute so that a new secret is soon in force."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from aws_lambda_powertools.utilities.parameters import SecretsProvider

from loyalty.ports import PaymentSecrets, WebhookSource

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

MAX_AGE_SECONDS = 60


class SecretsManagerSecrets:
    """The mall's secrets, by their ids; one that a function does not use has none."""

    def __init__(
        self,
        client: "SecretsManagerClient",
        cursor_id: str,
        webhook_sources_id: str,
        payments_id: str,
    ) -> None:
        self._provider = SecretsProvider(boto3_client=client)
        self._cursor_id = cursor_id
        self._webhook_sources_id = webhook_sources_id
        self._payments_id = payments_id

    def cursor_key(self) -> bytes:
        """Return the key that signs the cursors of lists."""
        return self._text(self._cursor_id).encode()

    def webhook_sources(self) -> Mapping[str, WebhookSource]:
        """Return the configured shops by their names."""
        sources = json.loads(self._text(self._webhook_sources_id))
        return {
            name: WebhookSource(source["type"], tuple(source["secrets"]))
            for name, source in sources.items()
        }

    def payments(self) -> PaymentSecrets:
        """Return what the mall and its payment provider know."""
        known = json.loads(self._text(self._payments_id))
        return PaymentSecrets(known["provider"], known["api_key"], tuple(known["callback_secrets"]))

    def _text(self, secret_id: str) -> str:
        value = self._provider.get(secret_id, max_age=MAX_AGE_SECONDS)
        return value.decode() if isinstance(value, bytes) else str(value)
