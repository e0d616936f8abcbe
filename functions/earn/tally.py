"""What bounds an order's points besides the rules: budgets, caps, the year's one birthday.

Nothing of it is read before an order is credited. The counters are drawn in the very transaction
that credits, under a condition each; one that refuses tells what stands there, and the order is
reckoned again with what is now known. So what is counted is what was given, never more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from earn.grants import Reckoning
from earn.rules import Bonus, Room, Scene
from earn.rules.factors import BIRTHDAY
from loyalty.domain.budget import draws_for, home_shard, left_in, share_of
from loyalty.domain.campaign import Campaign
from loyalty.domain.programme import Programme
from loyalty.domain.writes import CountDay, CountMember, DrawBudget, FixBirthday, Write
from loyalty.ports import Mall, WriteRefused

Drawn = dict[int, int]


@dataclass(slots=True)
class Tally:
    """What is known of the counters that concern one order of a member."""

    mall: Mall
    programme: Programme
    member_id: str
    order: str
    drawn: dict[str, Drawn] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    earned: int = 0
    had_birthday: bool = False

    def room(self, campaigns: Iterable[Campaign]) -> Room:
        """Return how much may still be given, as far as is known."""
        cap = self.programme.caps.per_member_and_day
        known = {it.campaign_id: self._left(it) for it in campaigns if it.is_metered}
        return Room(known, None if cap is None else max(cap - self.earned, 0))

    def writes(self, reckoning: Reckoning) -> list[Write] | None:
        """Return what is counted with a credit; None: a budget had to be looked at first."""
        bonuses = [it for it in reckoning.worth.bonuses if it.points and it.campaign.is_metered]
        if [bonus for bonus in bonuses if self._looked_at(bonus)]:
            return None
        writes = [write for bonus in bonuses for write in self._of_bonus(bonus)]
        cap = self.programme.caps.per_member_and_day
        if cap is not None and reckoning.grant.points:
            day, points = reckoning.earned_on, reckoning.grant.points
            writes.append(CountDay(self.member_id, day, points, cap))
        multipliers = reckoning.worth.explanation.get("multipliers", {})
        if isinstance(multipliers, dict) and BIRTHDAY in multipliers:
            writes.append(FixBirthday(self.member_id, reckoning.earned_on))
        return writes

    def learns(self, refused: WriteRefused, campaigns: Sequence[Campaign]) -> bool:
        """Learn from counters that refused; False if none did."""
        by_id, learned = {it.campaign_id: it for it in campaigns}, False
        for write, found in refused.found:
            match write:
                case DrawBudget(campaign_id):
                    self._look_at(by_id[campaign_id])
                case CountMember(campaign_id=campaign_id):
                    self.given[campaign_id] = _points(found)
                case CountDay():
                    self.earned = _points(found)
                case FixBirthday():
                    self.had_birthday = True
                case _:
                    continue
            learned = True
        return learned

    def look(self, scene: Scene, day: date) -> None:
        """Read what there is to know, for who only asks."""
        read, member_id = self.mall.campaigns, self.member_id
        for campaign in scene.campaigns:
            if campaign.terms.budget is not None:
                self._look_at(campaign)
            if campaign.terms.per_member is not None and member_id:
                self.given[campaign.campaign_id] = read.given(member_id, campaign.campaign_id)
        if self.programme.caps.per_member_and_day is not None and member_id:
            self.earned = read.earned(member_id, day)
        if self.programme.birthday and scene.buyer and scene.buyer.has_birthday:
            self.had_birthday = read.birthday_in(member_id, day.year) not in {None, day}

    def _left(self, campaign: Campaign) -> int:
        terms, campaign_id = campaign.terms, campaign.campaign_id
        bounds: list[int] = []
        if terms.per_member is not None:
            bounds.append(terms.per_member - self.given.get(campaign_id, 0))
        if terms.budget is not None:
            is_empty = self.mall.campaigns.is_known_empty(campaign)
            left = left_in(terms.budget, self.drawn.get(campaign_id, {}))
            bounds.append(0 if is_empty else left)
        return max(min(bounds), 0)

    def _looked_at(self, bonus: Bonus) -> bool:
        """Look at a budget of which one share is too little; False if there is no need to."""
        budget = bonus.campaign.terms.budget
        if budget is None or bonus.campaign.campaign_id in self.drawn:
            return False
        if bonus.points <= share_of(budget, home_shard(budget, self.order)):
            return False
        self._look_at(bonus.campaign)
        return True

    def _look_at(self, campaign: Campaign) -> None:
        self.drawn[campaign.campaign_id] = dict(self.mall.campaigns.drawn(campaign))

    def _of_bonus(self, bonus: Bonus) -> Iterator[Write]:
        terms, campaign_id = bonus.campaign.terms, bonus.campaign.campaign_id
        if terms.per_member is not None:
            yield CountMember(self.member_id, campaign_id, bonus.points, terms.per_member)
        if terms.budget is not None:
            drawn = self.drawn.get(campaign_id, {})
            first = home_shard(terms.budget, self.order)
            for shard, points in draws_for(bonus.points, terms.budget, drawn, first).items():
                yield DrawBudget(campaign_id, shard, points, share_of(terms.budget, shard))


def _points(found: object) -> int:
    return found if isinstance(found, int) else 0
