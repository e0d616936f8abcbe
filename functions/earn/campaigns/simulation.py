"""Past orders reckoned again with a campaign beside them, in their order, within its bounds.

By the functions that credit live orders. The campaign's days are the days of the simulation, as its
own are mostly still to come; its weekdays and hours count. What other campaigns had left is what
the orders' entries say they had.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from earn.grants import Reckoning
from earn.remembered import paid_at
from earn.replaying import replayed
from earn.rules import Room
from loyalty.domain.campaign import Campaign
from loyalty.domain.entry import Entry
from loyalty.domain.programme import Programme

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Day:
    """What the orders of one day earned, and would have earned."""

    orders: int = 0
    issued: int = 0
    simulated: int = 0
    points: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)

    def shown(self) -> dict[str, object]:
        """Return the day as plain facts."""
        return {
            "orders": self.orders,
            "issued": self.issued,
            "simulated": self.simulated,
            "campaigns": [
                {"campaign_id": it, "orders": self.reached[it], "points": self.points[it]}
                for it in sorted(self.reached)
            ],
        }


@dataclass(slots=True)
class Simulation:
    """A campaign let loose on past orders, told one by one in the order in which they came."""

    programme: Programme
    candidate: Campaign
    others: Sequence[Campaign]
    days: defaultdict[date, Day] = field(default_factory=lambda: defaultdict(Day))
    skipped: int = 0
    without_member: int = 0
    drawn: int = 0
    given: Counter[str] = field(default_factory=Counter)
    earned: Counter[tuple[str, date]] = field(default_factory=Counter)

    def add(self, entry: Entry) -> None:
        """Reckon one more order."""
        if "lines" not in entry.explanation or entry.member_id is None:
            self.skipped += 1
            return
        asks = not self.candidate.terms.audience.is_everybody
        self.without_member += asks and "member" not in entry.explanation
        day = self.programme.today(paid_at(entry))
        reckoning = self._reckon(entry, entry.member_id, day)
        self._count(entry.member_id, day, reckoning, int(str(entry.explanation["points"])))

    @property
    def total(self) -> Day:
        """All days together."""
        total = Day()
        for day in self.days.values():
            total.orders += day.orders
            total.issued += day.issued
            total.simulated += day.simulated
            total.points.update(day.points)
            total.reached.update(day.reached)
        return total

    @property
    def budget_left(self) -> int | None:
        """What the campaign's budget would have left; None: it has none."""
        budget = self.candidate.terms.budget
        return None if budget is None else budget - self.drawn

    def shown(self) -> dict[str, object]:
        """Return everything as plain facts."""
        return {
            **self.total.shown(),
            "skipped_orders": self.skipped,
            "orders_without_member": self.without_member,
            "budget_left": self.budget_left,
            "days": [
                {"day": day.isoformat(), **self.days[day].shown()} for day in sorted(self.days)
            ],
        }

    def _reckon(self, entry: Entry, member_id: str, day: date) -> Reckoning:
        terms, room = self.candidate.terms, {}
        bounds = []
        if terms.budget is not None:
            bounds.append(terms.budget - self.drawn)
        if terms.per_member is not None:
            bounds.append(terms.per_member - self.given[member_id])
        if bounds:
            room[self.candidate.campaign_id] = max(min(bounds), 0)
        cap = self.programme.caps.per_member_and_day
        left = None if cap is None else max(cap - self.earned[member_id, day], 0)
        return replayed(entry, self.programme, self.others, self.candidate, Room(room, left))

    def _count(self, member_id: str, day: date, reckoning: Reckoning, issued: int) -> None:
        of_day = self.days[day]
        of_day.orders += 1
        of_day.issued += issued
        of_day.simulated += reckoning.grant.points
        self.earned[member_id, day] += reckoning.grant.points
        for bonus in reckoning.worth.bonuses:
            campaign_id = bonus.campaign.campaign_id
            of_day.points[campaign_id] += bonus.points
            of_day.reached[campaign_id] += bool(bonus.points)
            if campaign_id == self.candidate.campaign_id:
                self.drawn += bonus.points
                self.given[member_id] += bonus.points


def let_loose(campaign: Campaign, first: date, last: date) -> Campaign:
    """Return a campaign as if some past days were its own."""
    window = replace(campaign.terms.window, first_day=first, last_day=last)
    terms = replace(campaign.terms, window=window)
    return replace(campaign, terms=terms, scheduled_at=LONG_AGO, stopped_at=None)
