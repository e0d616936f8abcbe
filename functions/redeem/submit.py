"""Submitting a redemption: points, stock, limits, order and entry in one atomic write."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from loyalty.domain import acts
from loyalty.domain.account import Account
from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import LoyaltyError
from loyalty.domain.item import Item
from loyalty.domain.origin import NOWHERE, Origin
from loyalty.domain.programme import Programme
from loyalty.domain.redemption import Redemption, Review, Status, Step, redemption_id_for
from loyalty.domain.review_rules import reasons_to_review
from loyalty.domain.writes import CountLimit, OpenRedemption, TakeStock, Write
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import changes, commit, until_it_holds
from redeem.booking import payment_from, why
from redeem.orders import Order, check_delivery, check_order
from redeem.quoting import Quote, quote_order
from redeem.refusals import (
    first_answer,
    newer_version,
    require_confirmed,
    same_request,
    with_ways_to_earn,
)


def submit_redemption(
    mall: Mall,
    member_id: str,
    key: str,
    order: Order,
    origin: Origin = NOWHERE,
    language: str = "zh",
) -> Redemption:
    """Take an order: deduct its points, or hold them while it is reviewed.

    The redemption's id derives from member and key, so a repetition finds the first one, also
    when what it needs is gone by then: before any refusal is sent, the order is looked up.

    Raises:
        InsufficientPoints, AccountFrozen, OutOfStock, LimitReached, NotEligible, NotFound,
        Invalid, QuoteChanged: as they say; nothing was done.
        IdempotencyKeyReused: the key stands for another order.
        Busy: the store asks for patience; the same key finds what was done.
    """
    redemption_id = redemption_id_for(member_id, key)
    submission = _Submission(mall, member_id, redemption_id, order, origin, language)
    try:
        return until_it_holds(submission.attempt)
    except LoyaltyError as refusal:
        earlier = mall.redemptions.redemption(submission.redemption_id)
        if earlier is None:
            raise with_ways_to_earn(refusal, mall.programmes.live()) from None
        return same_request(earlier, order)


@dataclass(slots=True)
class _Submission:
    """One order on its way in; ``known_version``: the oldest item version that may be priced."""

    mall: Mall
    member_id: str
    redemption_id: str
    order: Order
    origin: Origin
    language: str
    known_version: int = 0

    def attempt(self, fresh: Account | None) -> Redemption:
        mall, order = self.mall, self.order
        now, programme = mall.clock.now(), mall.programmes.live()
        today = programme.today(now)
        found = mall.catalog.item(order.item_id, at_least=self.known_version)
        # The item's time needs no guard in the write: it is the version's that `TakeStock` repeats.
        item = check_order(found, order, now)
        check_delivery(item.kind, order.delivery)
        quote = quote_order(mall, self.member_id, order, item, programme, self.language)
        require_confirmed(quote, order)
        account = fresh or mall.accounts.account(self.member_id)
        review = self._review(item, quote.points, programme, now)
        redemption = self._redemption(item, programme, now, today, quote, review)
        take = acts.hold if redemption.is_held else acts.spend
        outcome, draws = take(account, today, quote.points)
        redemption = replace(redemption, draws=draws)
        writes: list[Write] = [
            OpenRedemption(redemption),
            *changes(
                account,
                outcome,
                EntryKey(redemption.partition, "hold" if redemption.is_held else "spend"),
                why(redemption, now, "redemption", f"member:{self.member_id}", self.origin),
            ),
            TakeStock(item.item_id, order.quantity, item.version, redemption.is_held, today, now),
            *(
                CountLimit(self.member_id, item.item_id, period, order.quantity, limit)
                for period, limit in _limits(item, today)
            ),
        ]
        try:
            commit(mall, writes)
        except WriteRefused as refused:
            self.known_version = newer_version(refused, order) or self.known_version
            return first_answer(refused, order)
        return redemption

    def _review(
        self, item: Item, points: int, programme: Programme, now: datetime
    ) -> Review | None:
        rules = programme.review
        members, redemptions = self.mall.members, self.mall.redemptions

        def joined_at() -> datetime | None:
            member = members.member(self.member_id)
            return member.joined_at if member else None

        def redemptions_since(since: datetime) -> int:
            most = rules.redemptions_per_hour_above
            return redemptions.count_since(self.member_id, since, most)

        facts = reasons_to_review(item, points, rules, now, joined_at, redemptions_since)
        if not facts:
            return None
        due_at = now + timedelta(hours=rules.hours)
        return Review(due_at, facts, approvals_needed=2 if points > rules.four_eyes_above else 1)

    def _redemption(
        self,
        item: Item,
        programme: Programme,
        now: datetime,
        today: date,
        quote: Quote,
        review: Review | None,
    ) -> Redemption:
        status = Status.CONFIRMED
        if quote.cash:
            status = Status.PENDING_PAYMENT
        if review:
            status = Status.PENDING_REVIEW
        waits_for_money = status is Status.PENDING_PAYMENT
        return Redemption(
            redemption_id=self.redemption_id,
            member_id=self.member_id,
            request_digest=self.order.digest,
            item_id=item.item_id,
            item_name=item.name,
            item_kind=item.kind,
            quantity=self.order.quantity,
            points=quote.points,
            draws={},
            status=status,
            created_at=now,
            option=self.order.option,
            delivery=self.order.delivery,
            timeline=(Step(status, now),),
            review=review,
            cash=quote.cash,
            currency=quote.currency,
            payment=payment_from(programme, now) if waits_for_money else None,
            counted=tuple(period for period, _ in _limits(item, today)),
            programme_version=programme.version,
        )


def _limits(item: Item, today: date) -> list[tuple[str, int]]:
    """Return the periods that an item limits, with how many pieces each allows a member."""
    periods = (("total", item.limits.per_member), (f"day#{today}", item.limits.per_day))
    return [(period, limit) for period, limit in periods if limit is not None]
