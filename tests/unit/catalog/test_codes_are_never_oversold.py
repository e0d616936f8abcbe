"""Whatever operators and members do to a virtual item, no code is owed that nobody promised."""

from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from catalog.codes import import_codes
from catalog.editing import create_item
from catalog.stocking import add_stock
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.audit import AuditRecord, Operator
from loyalty.domain.errors import OutOfStock
from loyalty.domain.item import ItemKind, Stock
from loyalty.domain.writes import AddAudit, ClaimCode, TakeStock
from loyalty.ports import WriteRefused

OPERATOR = Operator("operator-sub", "operator", "request-1")


class VirtualItem(RuleBasedStateMachine):
    """One virtual item; ``imported``, ``promised``, ``redeemed`` and ``claimed`` are the model."""

    @initialize(promised=st.integers(0, 5))
    def create(self, promised: int) -> None:
        self.mall = MemoryMall()
        self.numbers = count()
        fields = {
            "name": {"zh": "券", "en": "Ticket"},
            "kind": ItemKind.VIRTUAL,
            "category": "fun",
            "points": 1,
        }
        made = create_item(self.mall, OPERATOR, self.key(), fields, promised)
        self.item_id = made.item.item_id
        self.promised, self.imported, self.redeemed, self.claimed = promised, 0, 0, 0

    def key(self) -> str:
        return f"key-{next(self.numbers):04}"

    @property
    def stock(self) -> Stock:
        stock = self.mall.catalog.stock(self.item_id)
        assert stock is not None
        return stock

    @property
    def free(self) -> int:
        return len(self.mall.catalog.free_codes(self.item_id, 1_000))

    @rule(number=st.integers(1, 8))
    def import_some(self, number: int) -> None:
        before = self.stock
        codes = [self.key() for _ in range(number)]
        done = import_codes(self.mall, OPERATOR, self.key(), self.item_id, codes)
        self.imported += done.imported
        assert done.imported == number
        covered = min(number, max(0, before.uncovered))
        assert self.stock.on_hand == before.on_hand + number - covered

    @rule(pieces=st.integers(-4, 4).filter(bool))
    def move_by_hand(self, pieces: int) -> None:
        try:
            add_stock(self.mall, OPERATOR, self.key(), self.item_id, pieces, "by hand")
        except OutOfStock:
            assert self.stock.on_hand + pieces < 0
        else:
            self.promised += pieces

    @rule()
    def redeem(self) -> None:
        record = AuditRecord(
            self.key(), "sale", "lin", "member", "item", self.mall.clock.now(), "r"
        )
        try:
            self.mall.store.commit([AddAudit(record), TakeStock(self.item_id, 1, 1)])
        except WriteRefused:
            assert self.stock.on_hand == 0
        else:
            self.redeemed += 1

    @rule()
    def hand_over(self) -> None:
        free = self.mall.catalog.free_codes(self.item_id, 1)
        if free and self.claimed < self.redeemed:
            digest, ciphertext = free[0]
            self.mall.store.commit([ClaimCode(self.item_id, digest, ciphertext, self.key())])
            self.claimed += 1

    @invariant()
    def every_piece_on_sale_or_owed_has_a_code_or_was_promised(self) -> None:
        owed = self.redeemed - self.claimed
        assert self.stock.on_hand + owed == self.free + self.stock.uncovered
        assert self.redeemed <= max(self.promised, 0) + self.imported

    @invariant()
    def without_a_promise_every_order_finds_its_code(self) -> None:
        if self.stock.uncovered <= 0:
            assert self.free >= self.redeemed - self.claimed


VirtualItem.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestVirtualItem = VirtualItem.TestCase
