"""What a function is told by its environment. docs/settings.md says what each setting is for."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

Stage = Literal["prod", "staging", "dev", "test", "local"]


class SettingMissing(Exception):
    """The function uses something that its environment does not name."""


class Settings(BaseModel):
    """The settings of one function; all but the stage are there only where they are used."""

    model_config = ConfigDict(frozen=True)

    stage: Stage
    accounts_table: str = ""
    ledger_table: str = ""
    orders_table: str = ""
    catalog_table: str = ""
    members_table: str = ""
    programmes_table: str = ""
    audit_table: str = ""
    campaigns_table: str = ""
    activities_table: str = ""
    anomalies_table: str = ""
    event_bus: str = ""
    expiry_queue_url: str = ""
    reconcile_queue_url: str = ""
    tier_queue_url: str = ""
    codes_key_id: str = ""
    webhook_sources_secret_id: str = ""
    cursor_secret_id: str = ""
    payment_provider_url: str = ""
    payment_secret_id: str = ""
    review_state_machine_arn: str = ""
    mail_sender: str = ""
    groups_claim: str = "cognito:groups"
    media_url: str = ""
    media_bucket: str = ""
    proxies_in_front: int = 0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings; what stands there empty counts as absent."""
        names = {name.upper(): name for name in cls.model_fields}
        return cls.model_validate(
            {names[key]: value for key, value in environment.items() if key in names and value}
        )

    @property
    def may_travel_in_time(self) -> bool:
        """Whether the clock may be moved: never where members are real."""
        return self.stage in {"local", "test"}

    def require(self, name: str) -> str:
        """Return a setting that must be there.

        Raises:
            SettingMissing: it is empty.
        """
        value = getattr(self, name)
        if not value:
            raise SettingMissing(f"{name.upper()} is not set.")
        return str(value)
