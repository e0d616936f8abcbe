import pytest

from catalog.codes import CODES_PER_COMMIT, import_codes
from catalog.stocking import add_stock
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.audit import Operator
from loyalty.domain.item import Stock
from loyalty.domain.writes import ClaimCode
from support.catalogue import Operations

ANOTHER = Operator("another", "operator", "request-2")


def test_codes_become_stock(operations: Operations) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    done = operations.import_codes(item_id, ["A1", " B2 ", "C3"])
    assert done == {"imported": 3, "duplicates": 0, "stock": 3}
    assert operations.get(f"/{item_id}").body["stock"] == 3


def test_codes_are_kept_encrypted_and_trimmed(operations: Operations, mall: MemoryMall) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    operations.import_codes(item_id, ["  SECRET-1 "])
    ((digest, ciphertext),) = mall.catalog.free_codes(item_id, 10)
    assert mall.cipher.decrypt(ciphertext, item_id) == "SECRET-1"
    assert "SECRET" not in f"{digest} {ciphertext!r} {mall.audit}"


def test_codes_that_were_given_twice_or_before_are_counted(operations: Operations) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    operations.import_codes(item_id, ["A", "B"])
    done = operations.import_codes(item_id, ["B", "C", "C ", "D"])
    assert done == {"imported": 2, "duplicates": 2, "stock": 4}


def test_only_codes_that_are_known_change_nothing(operations: Operations) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    operations.import_codes(item_id, ["A", "B"])
    done = operations.import_codes(item_id, ["B", "A"])
    assert done == {"imported": 0, "duplicates": 2, "stock": 2}


def test_a_code_that_was_handed_out_cannot_be_imported_again(
    operations: Operations, mall: MemoryMall
) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    operations.import_codes(item_id, ["A"])
    ((digest, ciphertext),) = mall.catalog.free_codes(item_id, 1)
    mall.store.commit([ClaimCode(item_id, digest, ciphertext, "rdm_1")])
    done = operations.import_codes(item_id, ["A"])
    assert done == {"imported": 0, "duplicates": 1, "stock": 1}
    assert not mall.catalog.free_codes(item_id, 1)


def test_two_items_may_have_the_same_code(operations: Operations) -> None:
    for _ in range(2):
        item_id = operations.create(kind="virtual", stock=0)["item_id"]
        assert operations.import_codes(item_id, ["A"])["imported"] == 1


@pytest.mark.parametrize("number", [CODES_PER_COMMIT, CODES_PER_COMMIT + 1, 1_000])
def test_many_codes_take_several_commits(operations: Operations, number: int) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    codes = [f"code-{n}" for n in range(number)]
    done = operations.import_codes(item_id, codes)
    assert done == {"imported": number, "duplicates": 0, "stock": number}


def test_the_same_key_finds_what_it_imported(operations: Operations) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    codes = [f"code-{n}" for n in range(60)]
    first = operations.import_codes(item_id, codes, key="first-key")
    assert operations.import_codes(item_id, codes, key="first-key") == first
    assert operations.get(f"/{item_id}").body["stock"] == 60


def test_an_import_that_stopped_half_way_goes_on(operations: Operations, mall: MemoryMall) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    codes = [f"code-{n}" for n in range(3 * CODES_PER_COMMIT)]
    mall.store.before_next_commit(mall.store.lose_next_reply)
    stopped = operations.post(f"/{item_id}/codes", {"codes": codes}, key="first-key")
    assert stopped.status == 503
    assert operations.get(f"/{item_id}").body["stock"] == CODES_PER_COMMIT
    done = operations.import_codes(item_id, codes, key="first-key")
    assert done == {"imported": len(codes), "duplicates": 0, "stock": len(codes)}


def test_other_codes_under_the_same_key_are_refused(operations: Operations) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    operations.import_codes(item_id, ["A"], key="first-key")
    answer = operations.post(f"/{item_id}/codes", {"codes": ["B"]}, key="first-key")
    assert (answer.status, answer.problem) == (422, "idempotency-key-reused")
    assert operations.get(f"/{item_id}").body["stock"] == 1


def test_two_imports_of_the_same_codes_at_once_import_each_code_once(
    operations: Operations, mall: MemoryMall
) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    mall.store.before_next_commit(
        lambda: _ignore(import_codes(mall, ANOTHER, "their-key", item_id, ["B", "C"]))
    )
    done = operations.import_codes(item_id, ["A", "B"])
    assert done == {"imported": 1, "duplicates": 1, "stock": 3}


@pytest.mark.parametrize(("promised", "imported", "stock"), [(0, 4, 4), (2, 4, 4), (6, 4, 6)])
def test_codes_stand_behind_promised_pieces_first(
    operations: Operations, promised: int, imported: int, stock: int
) -> None:
    item_id = operations.create(kind="virtual", stock=promised)["item_id"]
    done = operations.import_codes(item_id, [f"code-{n}" for n in range(imported)])
    assert done == {"imported": imported, "duplicates": 0, "stock": stock}
    assert operations.get(f"/{item_id}").body["codes_needed"] == max(0, promised - imported)


def test_pieces_added_by_hand_are_promised_as_well(operations: Operations) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    operations.import_codes(item_id, ["A", "B"])
    operations.post(f"/{item_id}/stock", {"delta": 1, "reason": "one more is coming"})
    assert operations.import_codes(item_id, ["C", "D"])["stock"] == 4


def test_codes_taken_off_sale_by_hand_stay_off_sale(
    operations: Operations, mall: MemoryMall
) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    operations.import_codes(item_id, ["A", "B"])
    operations.post(f"/{item_id}/stock", {"delta": -2, "reason": "kept for the fair"})
    assert operations.import_codes(item_id, ["C"])["stock"] == 1
    assert mall.catalog.stock(item_id) == Stock(item_id, 1, uncovered=-2)


def test_a_promise_made_during_an_import_is_covered_by_it(
    operations: Operations, mall: MemoryMall
) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    mall.store.before_next_commit(
        lambda: _ignore(add_stock(mall, ANOTHER, "their-key", item_id, 2, "two are coming"))
    )
    assert operations.import_codes(item_id, ["A", "B"])["stock"] == 2
    assert mall.catalog.stock(item_id) == Stock(item_id, 2, uncovered=0)


def test_only_virtual_items_have_codes(operations: Operations) -> None:
    item_id = operations.create(kind="physical")["item_id"]
    answer = operations.post(f"/{item_id}/codes", {"codes": ["A"]})
    assert (answer.status, answer.problem) == (422, "invalid")


@pytest.mark.parametrize(
    "codes", [[], [""], [" "], ["x" * 201], [5], "A", None, [f"c{n}" for n in range(1_001)]]
)
def test_codes_that_do_not_fit_are_refused(operations: Operations, codes: object) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    answer = operations.post(f"/{item_id}/codes", {"codes": codes})
    assert (answer.status, answer.problem) == (422, "invalid")


def test_the_audit_counts_codes_and_does_not_show_them(
    operations: Operations, mall: MemoryMall
) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    operations.import_codes(item_id, ["A"])
    operations.import_codes(item_id, ["A", "B"])
    assert (mall.audit[-1].act, mall.audit[-1].subject) == ("item.codes", f"item:{item_id}")
    counts = [record.after for record in mall.audit if record.act == "item.codes"]
    assert {"imported": 1, "duplicates": 0} in counts
    assert {"imported": 1, "duplicates": 1} in counts


def test_stock_never_grows_without_its_codes(operations: Operations, mall: MemoryMall) -> None:
    item_id = operations.create(kind="virtual", stock=0)["item_id"]
    mall.store.be_busy()
    answer = operations.post(f"/{item_id}/codes", {"codes": ["A"]})
    assert (answer.status, answer.problem) == (503, "busy")
    assert mall.catalog.stock(item_id) == Stock(item_id, 0)
    assert not mall.catalog.free_codes(item_id, 1)


def _ignore(_: object) -> None:
    """Somebody else's answer."""
