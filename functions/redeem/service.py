"""Looking at redemptions: quotes, lists, one redemption, one code, the operators' queues."""

from collections.abc import Mapping

from loyalty.attempts import tell_refused
from loyalty.domain.errors import NotFound
from loyalty.domain.origin import NOWHERE, Origin
from loyalty.domain.redemption import Redemption
from loyalty.domain.steps import Act, Actor, require
from loyalty.ports import Mall, Page
from redeem.booking import owned
from redeem.orders import Order, check_order
from redeem.quoting import Quote, quote_order


def quote_redemption(mall: Mall, member_id: str, order: Order, language: str = "zh") -> Quote:
    """Return what an order would cost, and everything that stands against it now.

    Raises:
        NotFound: there is no such item.
        NotEligible, Invalid, LimitReached: no account or stock could make the order right.
    """
    item = check_order(mall.catalog.item(order.item_id), order, mall.clock.now())
    programme = mall.programmes.live()
    account = mall.accounts.account(member_id)
    stock = mall.catalog.stock(item.item_id)
    quote = quote_order(mall, member_id, order, item, programme, language)
    against = {
        "account-frozen": account.frozen_at is not None,
        "insufficient-points": (
            account.available_on(programme.today(mall.clock.now())) < quote.points
        ),
        "out-of-stock": stock is None or stock.on_hand < order.quantity,
    }
    return quote.against(*(slug for slug, holds in against.items() if holds))


def reveal_code(
    mall: Mall, member_id: str, redemption_id: str, code_id: str, origin: Origin = NOWHERE
) -> str:
    """Show a code to the member who redeemed it; watchers hear of guesses.

    Raises:
        NotFound: no such redemption of this member, or no such code in it.
        NotAllowedNow: no code was handed over yet.
    """
    try:
        return _revealed(mall, member_id, redemption_id, code_id)
    except NotFound:
        tell_refused(mall, member_id, "code-reveal", origin)
        raise


def _revealed(mall: Mall, member_id: str, redemption_id: str, code_id: str) -> str:
    redemption = owned(mall, member_id, redemption_id)
    require(redemption, Act.REVEAL_CODE, Actor.MEMBER)
    ciphertext = mall.catalog.claimed_code(redemption_id, code_id)
    if code_id not in redemption.code_ids or ciphertext is None:
        raise NotFound("There is no such code in this redemption.")
    return mall.cipher.decrypt(ciphertext, redemption.item_id)


def reviews(mall: Mall, limit: int, position: Mapping[str, str] | None) -> Page[Redemption]:
    """Return what waits for a reviewer, what is due first first."""
    return mall.redemptions.in_queue("review", limit=limit, position=position)
