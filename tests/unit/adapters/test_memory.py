"""What the fakes add to the ports' promises: other people's acts, lost replies, a busy store."""

from threading import Thread

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account
from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import Busy
from loyalty.domain.writes import AddEntry, ChangeAccount, CreditLot, Write
from loyalty.ports import MailNotSent, WriteRefused
from support.happenings import LOT, NOW, entry


def credit(fact: str) -> list[Write]:
    return [AddEntry(entry(key=EntryKey("order:x", fact))), CreditLot("lin", LOT, 1)]


def test_somebody_else_can_act_between_reading_and_writing() -> None:
    mall = MemoryMall()
    mall.store.before_next_commit(lambda: mall.store.commit(credit("theirs")))
    with pytest.raises(WriteRefused):
        mall.store.commit([ChangeAccount(Account("lin"), Account("lin", {LOT: 5}))])
    assert mall.accounts.account("lin").lots == {LOT: 1}


def test_a_lost_reply_leaves_its_writes_and_tells_nothing() -> None:
    mall = MemoryMall()
    mall.store.lose_next_reply()
    with pytest.raises(Busy):
        mall.store.commit(credit("1"))
    assert mall.accounts.account("lin").lots == {LOT: 1}
    mall.store.commit(credit("2"))


def test_a_busy_store_writes_nothing() -> None:
    mall = MemoryMall()
    mall.store.be_busy(times=2)
    for _ in range(2):
        with pytest.raises(Busy):
            mall.store.commit(credit("1"))
    assert mall.accounts.account("lin") == Account("lin")
    mall.store.commit(credit("1"))


def test_one_commit_touches_a_row_once() -> None:
    writes = [*credit("1"), ChangeAccount(Account("lin"), Account("lin", {LOT: 5}))]
    with pytest.raises(AssertionError, match="a row twice"):
        MemoryMall().store.commit(writes)


@pytest.mark.parametrize("fact", [NOW, 0.5, (1, 2), {1: "one"}])
def test_facts_that_would_come_back_changed_are_a_mistake(fact: object) -> None:
    with pytest.raises((AssertionError, TypeError)):
        MemoryMall().store.commit([AddEntry(entry(explanation={"fact": fact}))])


def test_commits_at_once_do_not_lose_each_other() -> None:
    mall = MemoryMall()

    def earn(name: int) -> None:
        for n in range(25):
            mall.store.commit(credit(f"{name}:{n}"))

    threads = [Thread(target=earn, args=[name]) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mall.accounts.account("lin") == Account("lin", {LOT: 200}, version=200)


def test_the_clock_stands_still_until_it_travels() -> None:
    clock = MemoryMall().clock
    before = clock.now()
    assert clock.now() == before
    clock.travel(days=1, hours=-1)
    assert (clock.now() - before).total_seconds() == 23 * 3600


def test_a_mailer_that_is_down_sends_nothing() -> None:
    mailer = MemoryMall().mailer
    mailer.is_down = True
    with pytest.raises(MailNotSent):
        mailer.send("lin@example.com", "Points", "…")
    assert mailer.sent == []


def test_a_code_can_be_read_for_its_own_item_only() -> None:
    cipher = MemoryMall().cipher
    hidden = cipher.encrypt("AAAA-1111", "card")
    assert b"AAAA-1111" not in hidden
    assert cipher.decrypt(hidden, "card") == "AAAA-1111"
    with pytest.raises(ValueError, match="another item"):
        cipher.decrypt(hidden, "voucher")
