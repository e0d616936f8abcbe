"""Use case of operators on codes: import them into a virtual item's pool.

What a virtual item has on sale is either backed by a code in its pool or promised by hand
(``Stock.uncovered``). Imported codes stand behind promised pieces first, and only those
beyond raise the stock: so no more is ever on sale than was imported or promised.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from catalog.service import show_item
from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.audit import Operator
from loyalty.domain.errors import Invalid
from loyalty.domain.item import ItemKind
from loyalty.domain.writes import AddCode, AddStock, Write
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, until_it_holds

CODES_PER_COMMIT = 48
"""A code takes two of the hundred actions of a commit; stock and audit take one each."""

PARALLEL_ENCRYPTIONS = 8


@dataclass(frozen=True, slots=True)
class Import:
    """What became of codes: new to the pool, or known to it (or given twice)."""

    imported: int
    duplicates: int
    stock: int


def import_codes(
    mall: Mall, operator: Operator, key: str, item_id: str, codes: Sequence[str]
) -> Import:
    """Put codes into a virtual item's pool, each once; the same key finds what it did.

    Many codes take several commits. If the work stops between them, the same key goes on.

    Raises:
        NotFound: there is no such item.
        Invalid: the item is not virtual.
        IdempotencyKeyReused: the key came with other codes.
        Busy: others change its stock all the time; the same key goes on.
    """
    if show_item(mall, item_id).item.kind is not ItemKind.VIRTUAL:
        raise Invalid.at("codes", "Only virtual items have codes.")
    pool = {mall.cipher.digest(code, item_id): code for code in codes}
    request = list(pool)
    imported = 0
    for number, digests in enumerate(_parts(pool)):
        act = OperatorAct(operator, "item.codes", item_id, f"{key}/{number}", request=request)
        imported += _import_part(mall, act, {digest: pool[digest] for digest in digests})
    stock = show_item(mall, item_id).stock.on_hand
    return Import(imported, len(codes) - imported, stock)


def _parts(digests: Mapping[str, str]) -> Iterator[list[str]]:
    rest = iter(digests)
    while part := list(islice(rest, CODES_PER_COMMIT)):
        yield part


def _import_part(mall: Mall, act: OperatorAct, codes: Mapping[str, str]) -> int:
    """Import what one commit holds; return how many of its codes were new to the pool."""
    fresh = _encrypted(mall, act.subject_id, codes)

    def attempt(_: object) -> int:
        facts = {"imported": len(fresh), "duplicates": len(codes) - len(fresh)}
        try:
            earlier = commit_once(
                mall, replace(act, after=facts), [*fresh.values(), *_stock(mall, act, len(fresh))]
            )
        except WriteRefused as refused:
            for write, _found in refused.found:
                if isinstance(write, AddCode):
                    del fresh[write.digest]
            raise LostRace from refused
        return int(str((earlier.after if earlier else facts)["imported"]))

    return until_it_holds(attempt)


def _encrypted(mall: Mall, item_id: str, codes: Mapping[str, str]) -> dict[str, AddCode]:
    with ThreadPoolExecutor(PARALLEL_ENCRYPTIONS) as threads:
        ciphertexts = threads.map(lambda code: mall.cipher.encrypt(code, item_id), codes.values())
        return {
            digest: AddCode(item_id, digest, ciphertext)
            for digest, ciphertext in zip(codes, ciphertexts, strict=True)
        }


def _stock(mall: Mall, act: OperatorAct, imported: int) -> list[Write]:
    """Return the stock's growth: codes beyond what was promised before them."""
    stock = mall.catalog.stock(act.subject_id)
    if not imported or stock is None:
        return []
    covered = max(0, min(imported, stock.uncovered))
    return [
        AddStock(
            act.subject_id,
            imported - covered,
            uncovered=-covered,
            uncovered_seen=stock.uncovered,
        )
    ]
