import pytest
from pydantic import ValidationError

from loyalty.settings import SettingMissing, Settings

TABLES = {"STAGE": "prod", "ACCOUNTS_TABLE": "accounts", "PATH": "/bin", "MAIL_SENDER": ""}


def test_settings_are_read_from_the_environment_and_nothing_else_is() -> None:
    settings = Settings.from_environment(TABLES)

    assert (settings.stage, settings.accounts_table) == ("prod", "accounts")
    assert settings.mail_sender == settings.ledger_table == ""
    assert settings.groups_claim == "cognito:groups"


def test_without_a_stage_nothing_starts() -> None:
    with pytest.raises(ValidationError):
        Settings.from_environment({})
    with pytest.raises(ValidationError):
        Settings.from_environment({"STAGE": "production"})


def test_settings_do_not_change() -> None:
    settings = Settings.from_environment(TABLES)
    with pytest.raises(ValidationError):
        settings.stage = "local"  # type: ignore[misc] # that is the point


def test_a_setting_that_is_used_but_absent_is_named() -> None:
    settings = Settings.from_environment(TABLES)
    assert settings.require("accounts_table") == "accounts"
    with pytest.raises(SettingMissing, match="LEDGER_TABLE"):
        settings.require("ledger_table")
