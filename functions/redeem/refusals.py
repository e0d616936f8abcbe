"""Why an order is not taken, said so that one can act on it; or the answer it had before."""

from dataclasses import replace

from loyalty.domain.account import Account
from loyalty.domain.errors import (
    IdempotencyKeyReused,
    InsufficientPoints,
    LimitReached,
    LoyaltyError,
    NotEligible,
    NotFound,
    OutOfStock,
    QuoteChanged,
)
from loyalty.domain.item import Stock
from loyalty.domain.programme import Programme
from loyalty.domain.redemption import Redemption
from loyalty.domain.writes import CountLimit, OpenRedemption, TakeStock
from loyalty.ports import WriteRefused
from loyalty.posting import LostRace
from redeem.orders import Order
from redeem.quoting import Quote


def require_confirmed(quote: Quote, order: Order) -> None:
    """Refuse what the member has not confirmed, or may not have.

    Raises:
        NotEligible: the item is for others.
        QuoteChanged: it costs something else than the member has confirmed.
    """
    if quote.reasons:
        raise NotEligible("The item is not for everybody.", reasons=list(quote.reasons))
    if not quote.is_what(order):
        raise QuoteChanged(quote=quote.facts)


def first_answer(refused: WriteRefused, order: Order) -> Redemption:
    """Answer a refused write: the key's refusal first, then the account's, then the rest.

    Raises:
        IdempotencyKeyReused, LimitReached, NotFound, NotEligible, OutOfStock: as they say.
        LostRace: something has changed meanwhile: read again.
    """
    found = {type(write): thing for write, thing in refused.found}
    writes = {type(write): write for write, _ in refused.found}
    earlier = found.get(OpenRedemption)
    if isinstance(earlier, Redemption):
        return same_request(earlier, order)
    account = next((thing for thing in found.values() if isinstance(thing, Account)), None)
    if account is not None:
        raise LostRace(account) from refused
    limit = writes.get(CountLimit)
    if isinstance(limit, CountLimit):
        period = "member" if limit.period == "total" else "day"
        raise LimitReached(limit=limit.limit, period=period) from None
    if TakeStock in found:
        _explain_stock(found[TakeStock], order)
    raise LostRace from refused


def newer_version(refused: WriteRefused, order: Order) -> int | None:
    """Return the item's version that a refusal has shown, where the stock itself would do."""
    stocks = (found for _, found in refused.found if isinstance(found, Stock))
    stock = next(stocks, None)
    if stock is None or not stock.on_shelf or stock.on_hand < order.quantity:
        return None
    return stock.item_version


def same_request(earlier: Redemption, order: Order) -> Redemption:
    """Return what the first request was answered, whatever has become of its order.

    Raises:
        IdempotencyKeyReused: its key stands for another order.
    """
    if earlier.request_digest != order.digest:
        raise IdempotencyKeyReused
    return replace(earlier.as_submitted(), delivery=order.delivery)


def _explain_stock(stock: object, order: Order) -> None:
    if not isinstance(stock, Stock):
        raise NotFound("There is no such item.")
    if not stock.on_shelf:
        raise NotEligible("The item is not on the shelf.", reasons=["off-shelf"])
    if stock.on_hand < order.quantity:
        raise OutOfStock(available=stock.on_hand)


def with_ways_to_earn(refusal: LoyaltyError, programme: Programme) -> LoyaltyError:
    """Tell a member who has too few points how to get more."""
    if isinstance(refusal, InsufficientPoints):
        ways = [
            {
                "way": "purchase",
                "points": rates.default.points,
                "per": str(rates.default.per),
                "currency": currency,
            }
            for currency, rates in programme.rates.items()
        ]
        refusal.facts = {**refusal.facts, "ways_to_earn": ways}
    return refusal
