"""What rules ask of a member, as it was seen when an order was credited.

An entry keeps these facts, so that a past day can be reckoned again after the profile has changed.
The birthday itself is not among them: the ledger stays when a profile goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from loyalty.domain.birthday import celebrated
from loyalty.domain.calendar import local_day
from loyalty.domain.member import Member


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys: tier, the last rise, since when a member, tags, and whether it is the birthday."""

    tier: str | None = None
    rose_at: datetime | None = None
    joined_on: date | None = None
    tags: tuple[str, ...] = ()
    has_birthday: bool = False

    def facts(self) -> dict[str, object]:
        """Return what an entry keeps; what is empty is left out."""
        kept: dict[str, object] = {
            "tier": self.tier,
            "rose_at": self.rose_at.isoformat(timespec="seconds") if self.rose_at else None,
            "joined_on": self.joined_on.isoformat() if self.joined_on else None,
            "tags": list(self.tags),
            "birthday": self.has_birthday,
        }
        return {name: fact for name, fact in kept.items() if fact}


NOBODY = Buyer()
"""A buyer of whom nothing is known."""


def buyer_on(member: Member, day: date, zone: str) -> Buyer:
    """Return a member as rules see them on a day."""
    birthday = member.birthday
    return Buyer(
        tier=member.tier,
        rose_at=member.rose_at,
        joined_on=local_day(member.joined_at, zone),
        tags=member.tags,
        has_birthday=birthday is not None and celebrated(birthday, day.year) == day,
    )


def buyer_of(facts: Mapping[str, object]) -> Buyer:
    """Return the buyer whose facts an entry has kept."""
    rose_at, joined_on = facts.get("rose_at"), facts.get("joined_on")
    tier, tags = facts.get("tier"), facts.get("tags", [])
    assert isinstance(tags, list), "tags are a list"
    return Buyer(
        tier=str(tier) if tier else None,
        rose_at=datetime.fromisoformat(str(rose_at)) if rose_at else None,
        joined_on=date.fromisoformat(str(joined_on)) if joined_on else None,
        tags=tuple(map(str, tags)),
        has_birthday=bool(facts.get("birthday")),
    )
