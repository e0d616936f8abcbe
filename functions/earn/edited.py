"""An order was edited: it is reckoned again as of its payment.

Who bought, which campaigns held and what they had left to give stand in the payment's entry. So an
edit finds what the payment found, and what is counted never grows by one.
"""

from dataclasses import replace

from earn.booking import Booked, News, Revision, book_news
from earn.grants import Reckoning, reckon
from earn.remembered import campaigns_in, paid_at, purchase_of, scene_of
from earn.rules import Room, Scene
from earn.scenes import campaigns_at
from loyalty.domain.campaign import Campaign
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.order_book import OrderBook
from loyalty.domain.orders import OrderUpdated, Purchase
from loyalty.domain.programme import Programme
from loyalty.ports import Mall


def book_edit(mall: Mall, source: str, event: OrderUpdated) -> Booked:
    """Book an edit of an order, once.

    Raises:
        Busy: the store asks for patience; the same edit finds what was done.
    """
    programme, now = mall.programmes.live(), mall.clock.now()

    def change(book: OrderBook) -> Revision:
        paid = mall.ledger.entry(EntryKey(book.partition, "paid")) if book.is_paid else None
        scene = _of_payment(mall, programme, paid) if paid else _unpaid(mall, programme, event)
        at = paid_at(paid) if paid else event.purchase.paid_at
        purchase = replace(event.purchase, paid_at=at)
        reckoning = reckon(purchase, event.occurred_at, programme, now, scene)
        if paid:
            reckoning = no_more_on_the_day(reckoning, paid, programme)
        return Revision(book.updated(reckoning.grant, reckoning.today), reckoning.explanation)

    fact = fact_of(event.occurred_at.isoformat())
    news = News(fact, "order-updated", event.occurred_at, now, change)
    return book_news(mall, source, event.purchase.order_id, news)


def with_early_edit(mall: Mall, book: OrderBook, reckoning: Reckoning) -> OrderBook:
    """Return a book whose early edit is worth what it is worth now that its payment has come.

    An edit that came before the payment could not know who buys, nor what campaigns have left.
    """
    edit = book.grant
    if book.is_paid or edit is None or edit.as_of <= reckoning.grant.as_of:
        return book
    entry = mall.ledger.entry(EntryKey(book.partition, fact_of(edit.as_of.isoformat())))
    if entry is None or "lines" not in entry.explanation:
        return book
    grant = _again(mall.programmes.live(), purchase_of(entry), reckoning)
    return replace(book, grant=replace(edit, points=grant))


def _again(programme: Programme, edited: Purchase, paid: Reckoning) -> int:
    given = {it.campaign.campaign_id: it.points for it in paid.worth.bonuses}
    there = [it for it in paid.scene.campaigns if not it.is_metered or it.campaign_id in given]
    metered = {it.campaign_id: given[it.campaign_id] for it in there if it.is_metered}
    day = None if programme.caps.per_member_and_day is None else paid.grant.points
    scene = Scene(paid.scene.buyer, there, Room(metered, day))
    purchase = replace(edited, paid_at=paid.at)
    return reckon(purchase, paid.grant.as_of, programme, paid.at, scene).grant.points


def fact_of(edited_at: str) -> str:
    """Return the fact under which an edit is booked."""
    return f"update:{edited_at}"


def no_more_on_the_day(reckoning: Reckoning, paid: Entry, programme: Programme) -> Reckoning:
    """Return an edit's worth; where days have a cap, no more than the payment's was."""
    if programme.caps.per_member_and_day is None:
        return reckoning
    most = int(str(paid.explanation.get("points", 0)))
    grant = reckoning.grant
    return replace(reckoning, grant=replace(grant, points=min(grant.points, most)))


def _of_payment(mall: Mall, programme: Programme, paid: Entry) -> Scene:
    """Return the payment's scene; campaigns that are no longer in play are looked up by name."""
    campaigns = {it.campaign_id: it for it in campaigns_at(mall, programme, paid_at(paid))}
    for campaign_id in campaigns_in(paid.explanation):
        found = campaigns.get(campaign_id) or mall.campaigns.campaign(campaign_id)
        if found:
            campaigns[campaign_id] = found
    return scene_of(paid, campaigns.values())


def _unpaid(mall: Mall, programme: Programme, event: OrderUpdated) -> Scene:
    """Return the scene of an order that nobody is known to have paid: nothing is counted."""
    campaigns: list[Campaign] = list(campaigns_at(mall, programme, event.purchase.paid_at))
    return Scene(None, campaigns, Room({it.campaign_id: 0 for it in campaigns if it.is_metered}))
