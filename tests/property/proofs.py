"""What must hold after every step, whatever has happened before."""

from collections import Counter
from datetime import date, timedelta

from loyalty.domain import acts
from loyalty.domain.account import Account, Kind
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.payment import PaymentState
from loyalty.domain.redemption import Status, redemption_id_for
from property.tokens import Place
from property.world import CASH_ITEM, MEMBER, World
from support.books import account_of, assert_explained, entries_of_member

MOST_LOTS = 60
OWN = "redemption:"


def prove_all(world: World) -> None:
    """Check every promise of the account."""
    account, entries = account_of(world.mall), entries_of_member(world.mall)
    prove_that_tokens_agree(world, account)
    prove_that_nothing_is_lost(world, account, entries)
    prove_that_a_sweep_changes_nothing(account, world.today)
    prove_facts_are_booked_once(world, entries)
    prove_that_only_what_has_passed_lapses(entries)
    prove_that_nothing_lives_longer(world, entries)
    prove_that_money_has_one_place(world)
    assert_explained(world.mall)


def prove_that_tokens_agree(world: World, account: Account) -> None:
    """The account is, lot by lot, what the tokens say; nothing in it is negative."""
    tokens, today = world.tokens, world.today
    assert account.live_lots(today) == tokens.lots(today)
    assert account.available_on(today) == len(tokens.live(today))
    assert account.held == len(tokens.at(Place.HELD)) >= 0
    assert account.pending == len(tokens.at(Place.PENDING)) >= 0
    assert account.debt == tokens.debt >= 0
    assert not (account.debt and account.lots), "while there is a debt there are no lots"
    assert len(account.live_lots(today)) <= MOST_LOTS


def prove_that_nothing_is_lost(world: World, account: Account, entries: list[Entry]) -> None:
    """Earned = available - debt + held + pending + spent + lapsed + clawed back.

    Clawed back is what claw-backs moved: points taken, and points owed. What they found lapsed
    already stays lapsed. Lapsed is what has an entry, and what no settlement has reached yet.
    """
    sums = Counter[Kind]()
    for entry in entries:
        # The change of all that the member has: what is earned less what is gone.
        sums[entry.kind] += entry.points + entry.held + entry.pending - entry.debt
    unsettled = sum(points for day, points in account.lots.items() if day < world.today)
    earned = sums[Kind.EARN]
    spent = -(sums[Kind.SPEND] + sums[Kind.CAPTURE] + sums[Kind.RETURN])
    lapsed = -sums[Kind.LAPSE] + unsettled
    clawed_back = -sums[Kind.CLAW_BACK]
    available = account.available_on(world.today)
    has = available - account.debt + account.held + account.pending
    assert earned == has + spent + lapsed + clawed_back
    assert sums[Kind.HOLD] == sums[Kind.RELEASE] == sums[Kind.MATURE] == 0

    tokens = world.tokens
    assert earned == len(tokens.all)
    assert spent == len(tokens.at(Place.SPENT))
    assert lapsed == len(tokens.lapsed(world.today))
    assert clawed_back == len(tokens.at(Place.TAKEN)) + tokens.debt


def prove_that_a_sweep_changes_nothing(account: Account, today: date) -> None:
    """What can be spent is the same whether a sweep ran or not."""
    settled = acts.settle(account, today).account
    assert settled.live_lots(today) == settled.lots == account.live_lots(today)


def prove_facts_are_booked_once(world: World, entries: list[Entry]) -> None:
    """Every business fact has its entry, and there is no entry without one."""
    expected = Counter(_facts_of_orders(world)) + Counter(_facts_of_redemptions(world))
    for fact in expected:
        partition, _, name = fact.rpartition("/")
        assert world.mall.ledger.entry(EntryKey(partition, name)), fact
    own = [e.key.entry_id for e in entries if e.kind not in {Kind.LAPSE, Kind.MATURE}]
    assert Counter(own) <= expected
    assert max(Counter(entry.key for entry in entries).values(), default=1) == 1


def _facts_of_orders(world: World) -> list[str]:
    facts = []
    for order, heard in world.heard.items():
        partition = f"order:{world.shop.source}:{order}"
        facts += [f"{partition}/refund:{refund}" for refund in heard.refunds]
        facts += [f"{partition}/update:{at.isoformat()}" for at in heard.edits]
        facts += [f"{partition}/paid"] if heard.is_paid else []
        facts += [f"{partition}/cancel"] if heard.is_cancelled else []
    return facts


def _facts_of_redemptions(world: World) -> list[str]:
    facts = []
    for redemption in world.mall.redemptions.of_member(MEMBER, limit=1_000).items:
        was_held = redemption.item_id in {"itm_rare", CASH_ITEM}
        statuses = [step.status for step in redemption.timeline]
        names = ["hold" if was_held else "spend"]
        if was_held and Status.CONFIRMED in statuses:
            names.append("capture")
        if was_held and {*statuses} & {
            Status.REJECTED,
            Status.REVIEW_EXPIRED,
            Status.PAYMENT_EXPIRED,
        }:
            names.append("release")
        if Status.CANCELLED in statuses:
            names.append("cancel" if Status.CONFIRMED in statuses else "release")
        facts += [f"{redemption.partition}/{name}" for name in names]
    return facts


def prove_that_only_what_has_passed_lapses(entries: list[Entry]) -> None:
    """A lot is valid through its day."""
    for entry in entries:
        if entry.kind is Kind.LAPSE:
            assert max(entry.lots) < _day(entry)


def prove_that_nothing_lives_longer(world: World, entries: list[Entry]) -> None:
    """What is given back has its own lot; only our doing gives grace, and only to what passed."""
    for entry in entries:
        if entry.kind not in {Kind.RELEASE, Kind.RETURN}:
            continue
        redemption = world.mall.redemptions.redemption(entry.key.partition.removeprefix(OWN))
        assert redemption
        day, returned = _day(entry), Counter(dict(entry.lots))
        if redemption.status in {Status.REJECTED, Status.REVIEW_EXPIRED}:
            grace = min(day + timedelta(world.grace_days), world.validity.expires_on(day))
            passed = sum(points for lot, points in redemption.draws.items() if lot < day)
            returned -= Counter({grace: min(returned[grace], passed)})
        assert returned <= Counter(dict(redemption.draws))


def prove_that_money_has_one_place(world: World) -> None:
    """What was paid is kept while its order stands, and owed back once the order has ended."""
    for key, told in world.redemptions.items():
        order = world.mall.redemptions.redemption(redemption_id_for(MEMBER, key))
        assert order and order.status is told.status
        if order.payment is None:
            assert not told.is_paid
            continue
        has_ended = told.status in {Status.CANCELLED, Status.PAYMENT_EXPIRED}
        owed = PaymentState.REFUND_DUE if has_ended else PaymentState.PAID
        assert order.payment.state is (owed if told.is_paid else PaymentState.OPEN)


def _day(entry: Entry) -> date:
    return (entry.recorded_at + timedelta(hours=8)).date()
