"""Each redeemed piece is counted for its day, with its instant, in the programme's own time."""

from datetime import date

from loyalty.adapters.memory import MemoryMall
from support.counter import Counter


def test_pieces_are_counted_on_the_programmes_day(mall: MemoryMall, counter: Counter) -> None:
    mall.clock.travel(hours=13)  # it is one o'clock in the night of Shanghai
    counter.redeem(2)
    stock = mall.catalog.stock("itm_tea")
    assert stock
    assert stock.taken == {date(2026, 11, 22): 2}
    assert stock.last_taken_at == mall.clock.now()
