"""From an event to the words a member reads, in both languages. Pure but for reading templates.

The words stand in ``templates/<event>.<language>.txt``: the first line is the title, the rest the
body. A template that names something the event does not tell fails instead of leaving a gap.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from loyalty.domain.calendar import NEVER
from loyalty.domain.events import Event, EventName
from loyalty.domain.item import ItemKind
from loyalty.domain.member import Member
from loyalty.domain.message import Message

LANGUAGES = ("zh", "en")
"""The default first."""

TIER_DAYS = ("ends_on", "grace_until")

_SEEN_AT_ONCE = frozenset({"welcome", "check-in", "check-in-bonus"})
"""Reasons of points whose giving the member watches."""

_NOT_TOLD = frozenset(
    {
        EventName.REDEMPTION_RECEIVED,  # the member's own act
        EventName.REDEMPTION_REFUND_DUE,  # they hear of it once the money is on its way
        EventName.CUSTOMER_LINKED,
        EventName.ORDER_BOOKED,
        EventName.ATTEMPT_REFUSED,
        EventName.ANOMALY_FOUND,  # for reviewers
        EventName.RECORD_NOT_UNDERSTOOD,
    }
)


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as it goes out by e-mail."""

    subject: str
    text: str


def message_of(event: Event) -> Message | None:
    """Return the message that tells a member of an event, or None if it is better not told."""
    if not _is_told(event):
        return None
    texts = {
        language: _render(f"{event.name}.{language}.txt", _words_of(event, language))
        for language in LANGUAGES
    }
    parts = {language: text.partition("\n") for language, text in texts.items()}
    reference = event.facts.get("redemption_id") or event.facts.get("reference")
    return Message(
        message_id=message_id_for(event),
        member_id=event.member_id,
        event=event.name.value,
        title={language: title for language, (title, _, _) in parts.items()},
        body={language: body for language, (_, _, body) in parts.items()},
        created_at=event.recorded_at,
        reference=str(reference) if reference else None,
    )


def message_id_for(event: Event) -> str:
    """Return the id of an event's message: the same, however often the event is told."""
    return f"msg_{hashlib.sha256(event.event_id.encode()).hexdigest()[:26]}"


def mail_of(message: Message, member: Member) -> Mail:
    """Return a message as a mail, in the language of the member's profile."""
    language = member.language if member.language in LANGUAGES else LANGUAGES[0]
    words = {"display_name": member.display_name, "body": message.body[language]}
    return Mail(message.title[language], _render(f"mail.{language}.txt", words))


def _is_told(event: Event) -> bool:
    """Whether it is news: a code is not confirmed first and ready a moment later."""
    if event.name is EventName.REDEMPTION_CONFIRMED:
        return event.facts["item_kind"] == ItemKind.PHYSICAL
    if event.name is EventName.REDEMPTION_COMPLETED:
        return event.facts["item_kind"] != ItemKind.PHYSICAL
    if event.name is EventName.POINTS_TRANSFERRED:  # who gives or claims sees it at once
        return event.facts["reason"] == "red-packet-returned"
    return event.name not in _NOT_TOLD and event.facts.get("reason") not in _SEEN_AT_ONCE


def _words_of(event: Event, language: str) -> dict[str, object]:
    """Return what the template of an event may speak of."""
    if event.name is EventName.POINTS_EXPIRING:
        return _facts_of_expiring(event)
    if event.name.startswith("Tier"):
        return _facts_of_tier(event, language)
    if event.name.startswith("Points"):
        return _facts_of_points(event)
    return _facts_of_redemption(event, language)


def _facts_of_tier(event: Event, language: str) -> dict[str, object]:
    facts: Mapping[str, Any] = event.facts
    days = {name: date.fromisoformat(facts[name]) for name in TIER_DAYS if name in facts}
    told = {name: facts[name] for name in ("direction", "needed") if name in facts}
    return {**told, **days, "tier_name": _in_language(facts["tier_name"], language)}


def _in_language(text: Mapping[str, str], language: str) -> str:
    return text.get(language) or next(iter(text.values()))


def _facts_of_expiring(event: Event) -> dict[str, object]:
    facts: Mapping[str, Any] = event.facts
    lots = [
        {"points": lot["points"], "expires_on": date.fromisoformat(lot["expires_on"])}
        for lot in facts["lots"]
    ]
    told = {name: facts[name] for name in ("days_left", "year_end")}
    return {**told, "total": facts["points"], "lots": lots}


def _facts_of_points(event: Event) -> dict[str, object]:
    facts: Mapping[str, Any] = event.facts
    change = facts["points"] + facts["pending"] - facts["debt"]
    if event.name is EventName.POINTS_MATURED:
        total = -facts["pending"]
    elif event.name in {EventName.POINTS_CLAWED_BACK, EventName.POINTS_LAPSED}:
        total = -change
    else:
        total = change
    return {
        "total": total,
        "pending": facts["pending"],
        "usable": facts["points"],
        "repaid": max(-facts["debt"], 0),
        "owed": max(facts["debt"], 0),
        "expires_on": _expires_on(facts["lots"]),
        "usable_on": date.fromisoformat(facts["usable_on"]) if facts["usable_on"] else None,
        "reason": facts["reason"],
        "reference": facts["reference"],
    }


def _facts_of_redemption(event: Event, language: str) -> dict[str, object]:
    facts: Mapping[str, Any] = event.facts
    told = (
        *("order_number", "quantity", "item_kind", "note", "carrier", "tracking_number"),
        *("cash", "currency", "pay_within_minutes"),
    )
    return {
        **{fact: facts[fact] for fact in told if fact in facts},
        "item_name": _in_language(facts["item_name"], language),
        "points_spent": facts["points"],
    }


def _expires_on(lots: list[dict[str, str]]) -> date | None:
    """Return the one day that points last until; none where they never expire."""
    days = {date.fromisoformat(lot["expires_on"]) for lot in lots}
    return days.pop() if len(days) == 1 and NEVER not in days else None


def _render(template: str, words: Mapping[str, object]) -> str:
    return _templates().get_template(template).render(words)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=False,  # noqa: S701 - plain text, there is no markup to escape
        undefined=StrictUndefined,
    )
