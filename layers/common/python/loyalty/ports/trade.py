"""Orders for points, and what there is to order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from loyalty.domain.item import Item, Stock
from loyalty.domain.picture import PictureType, UploadForm
from loyalty.domain.redemption import Redemption
from loyalty.ports.store import Page


class Redemptions(Protocol):
    """Orders for points."""

    def redemption(self, redemption_id: str) -> Redemption | None:
        """Return one redemption."""
        ...

    def of_member(
        self, member_id: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Redemption]:
        """Return a member's redemptions, newest first."""
        ...

    def count_since(self, member_id: str, since: datetime, at_most: int) -> int:
        """Return how many redemptions a member made since an instant, counted to ``at_most``."""
        ...

    def in_queue(
        self, queue: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Redemption]:
        """Return what waits in a queue, due first.

        The queues are ``review``, ``payment``, ``fulfilment``, ``shipment`` and ``refund``.
        """
        ...


@dataclass(frozen=True, slots=True)
class CatalogChanges:
    """Items that were made or changed, each with its version, and what to ask for next time."""

    versions: Mapping[str, int]
    mark: str


class Catalog(Protocol):
    """Items, stock and codes."""

    def item(self, item_id: str, *, at_least: int | None = None) -> Item | None:
        """Return one item.

        With ``at_least``, one remembered for some seconds will do, if it is on the shelf and not
        older than that version: whoever charges its price repeats the version in `TakeStock`.
        """
        ...

    def stock(self, item_id: str) -> Stock | None:
        """Return an item's stock."""
        ...

    def stocks(self, item_ids: Sequence[str]) -> Mapping[str, Stock]:
        """Return the stock of several items."""
        ...

    def items(self, item_ids: Sequence[str]) -> Mapping[str, Item]:
        """Return several items, in their order; those that there are."""
        ...

    def on_shelf(self) -> Iterable[Item]:
        """Yield what stands on the shelf, newest first, a moment old.

        They come without pictures and longer texts, so that ten thousand of them are soon read.
        """
        ...

    def changed_since(self, mark: str | None) -> CatalogChanges:
        """Return what was changed since a mark, and perhaps again some that was before it.

        Without a mark nothing is named: only where to begin.
        """
        ...

    def all_items(
        self, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Item]:
        """Return items whatever their status, newest first."""
        ...

    def free_codes(self, item_id: str, at_most: int) -> Sequence[tuple[str, bytes]]:
        """Return some codes of the pool as (digest, ciphertext), from a random place in it."""
        ...

    def claimed_code(self, redemption_id: str, code_id: str) -> bytes | None:
        """Return the ciphertext of a code that a redemption has claimed."""
        ...


class CodeCipher(Protocol):
    """Encrypts codes at rest."""

    def digest(self, code: str, item_id: str) -> str:
        """Return the code's fingerprint: keyed, so that short codes cannot be guessed from it."""
        ...

    def encrypt(self, code: str, item_id: str) -> bytes:
        """Return the ciphertext, bound to its item."""
        ...

    def decrypt(self, ciphertext: bytes, item_id: str) -> str:
        """Return the code."""
        ...


class PictureStore(Protocol):
    """Pictures of items."""

    def upload_form(self, path: str, kind: PictureType) -> UploadForm:
        """Return a form that takes one picture of this type, at this path, for a while."""
        ...


class ReviewFlow(Protocol):
    """The state machine that runs reviewed redemptions."""

    def start(self, redemption: Redemption) -> None:
        """Start its execution, named like the redemption; started before is fine."""
        ...

    def resume(self, task_token: str, outcome: str) -> None:
        """Tell a waiting execution how it goes on; one that has gone on already is fine."""
        ...
