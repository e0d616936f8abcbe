"""The index of entries by member and time: statements, and what a member has redeemed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from loyalty.adapters.dynamodb.items import stamp, text
from loyalty.adapters.dynamodb.reading import Query
from loyalty.domain.account import Kind

STATEMENT_KEYS = ("member_id", "recorded_at")
FILTERED_PAGE = 100
"""Rows looked at in one reading where only some of them are wanted."""

BEGINNING, END = "0", "9"
TICK = timedelta(microseconds=1)


def statement_query(
    table: str,
    member_id: str,
    *,
    kinds: Sequence[Kind] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = FILTERED_PAGE,
    after: Mapping[str, str] | None = None,
) -> Query:
    """Return the query of a member's entries, newest first, ``until`` not included."""
    wanted = {f":kind{place}": text(kind.value) for place, kind in enumerate(kinds)}
    return Query(
        table,
        "member_id = :member AND recorded_at BETWEEN :since AND :until",
        {
            ":member": text(member_id),
            ":since": text(stamp(since) if since else BEGINNING),
            ":until": text(stamp(until - TICK) if until else END),
            **wanted,
        },
        index="statement",
        keep=f"kind IN ({', '.join(wanted)})" if wanted else None,
        newest_first=True,
        page_size=FILTERED_PAGE if wanted else limit + 1,
        after=after,
    )
