"""What may be asked of lists, as query parameters."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import PlainValidator

from loyalty.domain.account import Kind
from loyalty.domain.errors import Invalid
from loyalty.ports import Mall
from member.service import Span

YEARS = range(1970, 3000)
"""Far from where Python's calendar ends, so that a day and a zone can be added to any of them."""


def read_moment(text: object) -> date:
    """Return the day, or the instant (which is a `date` to Python), that a text names.

    Raises:
        ValueError: it names neither, or an instant without its zone.
    """
    moment = _parsed(str(text))
    is_naive = isinstance(moment, datetime) and moment.tzinfo is None
    if moment is None or is_naive or moment.year not in YEARS:
        raise ValueError("A day (2026-11-21) or an instant (2026-11-21T04:00:00Z) is expected.")
    return moment


def _parsed(text: str) -> date | None:
    read = date.fromisoformat if len(text) == len("2026-11-21") else datetime.fromisoformat
    try:
        return read(text)
    except ValueError:
        return None


Moment = Annotated[date, PlainValidator(read_moment, json_schema_input_type=str)]

OfKind = Annotated[Kind | None, Query(description="Only entries of this kind.")]
From = Annotated[
    Moment | None, Query(alias="from", description="An instant, or the first day (inclusive).")
]
To = Annotated[
    Moment | None, Query(alias="to", description="An instant (exclusive), or the last day.")
]
Contact = Annotated[str | None, Query(min_length=3, max_length=254)]


def span_of(mall: Mall, kind: Kind | None, since: date | None, until: date | None) -> Span:
    """Return the part of a statement that is asked for; days are the programme's.

    Raises:
        Invalid: it ends before it begins.
    """
    span = Span(kind, _instant(mall, since, 0), _instant(mall, until, 1))
    if span.since and span.until and span.until <= span.since:
        raise Invalid.at("to", "This does not lie after `from`.")
    return span


def contact_of(phone: str | None, email: str | None, q: str | None) -> str:
    """Return the one thing that members are looked up by.

    Raises:
        Invalid: there is none, or more than one.
    """
    # A plus that was not escaped arrives as a space.
    number = phone and f"+{phone.strip().removeprefix('+')}"
    given = [text.strip() for text in (number, email and email.lower(), q) if text]
    if len(given) != 1:
        raise Invalid.at("q", "One of phone, email and q is expected.")
    return given[0]


def _instant(mall: Mall, moment: date | None, days_later: int) -> datetime | None:
    """Return an instant; of a day its beginning, or the beginning of the day after."""
    if moment is None or isinstance(moment, datetime):
        return moment and moment.astimezone(UTC)
    zone = ZoneInfo(mall.programmes.live().time_zone)
    day = moment + timedelta(days=days_later)
    return datetime.combine(day, time(), zone).astimezone(UTC)
