"""The form of the answer to a shop."""

from collections.abc import Sequence
from typing import Literal, Self

from earn.service import Receipt
from loyalty.api.schema import Schema

Status = Literal["credited", "clawed_back", "waiting_for_member", "duplicate", "ignored", "noted"]

TELLING = ("credited", "clawed_back", "waiting_for_member", "noted", "duplicate", "ignored")
"""A delivery may hold several facts; the first of these that one of them met is its answer."""


class ReceiptView(Schema):
    """What became of a delivery; ``points`` credited or clawed back."""

    status: Status
    entry_id: str | None
    points: int
    reason: str | None = None

    @classmethod
    def of(cls, receipts: Sequence[Receipt]) -> Self:
        """Show what became of the facts of one delivery as one answer."""
        return cls.model_validate(min(receipts, key=lambda r: TELLING.index(r.status)))

    @property
    def http_status(self) -> int:
        """202, but 200 for the ping that WooCommerce takes no other answer to."""
        return 200 if self.reason == "ping" else 202
