"""What a template cannot name, it cannot tell."""

from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from loyalty.domain.events import EventName
from loyalty.domain.item import ItemKind
from loyalty.domain.member import Member
from notify import messages
from support.happenings import SECRETS, event

TEMPLATES = Path(messages.__file__).parent / "templates"
MAY_BE_NAMED = {
    "points": {"total", "pending", "usable", "repaid", "owed", "expires_on", "usable_on"}
    | {"reason", "reference"},
    "expiring points": {"lots", "days_left", "year_end"},
    "tiers": {"tier_name", "direction", "needed", "ends_on", "grace_until"},
    "redemptions": {"order_number", "quantity", "item_kind", "item_name", "points_spent"}
    | {"note", "carrier", "tracking_number", "cash", "currency", "pay_within_minutes"},
    "mail": {"display_name", "body"},
}
ALL_NAMES = set().union(*MAY_BE_NAMED.values())


def names_in(source: str) -> set[str]:
    return meta.find_undeclared_variables(Environment(autoescape=True).parse(source))


@pytest.mark.parametrize("template", sorted(TEMPLATES.iterdir()), ids=lambda path: path.name)
def test_a_template_names_nothing_but_what_members_may_read(template: Path) -> None:
    assert names_in(template.read_text()) <= ALL_NAMES


def test_this_check_would_see_a_code() -> None:
    assert names_in("{{ points }} {% if code_ids %}{{ delivery.line1 }}{% endif %}") > {"delivery"}


def test_templates_come_in_pairs() -> None:
    languages = {
        language: {path.name.split(".")[0] for path in TEMPLATES.glob(f"*.{language}.txt")}
        for language in messages.LANGUAGES
    }
    assert languages["zh"] == languages["en"]
    assert languages["zh"] - {"mail", "words"} <= {name.value for name in EventName}


@pytest.mark.parametrize("kind", ItemKind)
@pytest.mark.parametrize("name", sorted(set(EventName) - {EventName.RECORD_NOT_UNDERSTOOD}))
def test_no_message_and_no_mail_tells_a_secret(name: EventName, kind: ItemKind) -> None:
    message = messages.message_of(event(name, kind))
    if message is None:
        return
    joined_at = message.created_at
    member = Member("lin", joined_at, email="lin@example.com", phone=SECRETS["phone"])
    texts = [*message.title.values(), *message.body.values()]
    for language in messages.LANGUAGES:
        mail = messages.mail_of(message, replace(member, language=language))
        texts += [mail.subject, mail.text]
    told = "\n".join(texts)
    assert [what for what, secret in SECRETS.items() if secret in told] == []
    assert "lin@example.com" not in told
