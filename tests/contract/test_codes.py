import hashlib

from contract.rows import refusal
from loyalty.domain.writes import AddCode, ClaimCode, Write
from support.stored import Stored

CODES = {hashlib.sha256(str(n).encode()).hexdigest(): f"secret {n}".encode() for n in range(20)}
FIRST, SECOND = list(CODES)[:2]


def add(item_id: str, digest: str) -> AddCode:
    return AddCode(item_id, digest, CODES[digest])


def claim(digest: str, redemption_id: str = "rdm_1") -> ClaimCode:
    return ClaimCode("card", digest, CODES[digest], redemption_id)


def stocked(mall: Stored, count: int = 20) -> None:
    writes: list[Write] = [add("card", digest) for digest in list(CODES)[:count]]
    mall.store.commit(writes)


def test_an_empty_pool_has_no_codes(mall: Stored) -> None:
    assert list(mall.catalog.free_codes("card", 5)) == []


def test_all_codes_of_the_pool_are_found_wherever_the_search_begins(mall: Stored) -> None:
    stocked(mall)
    for _ in range(10):
        found = list(mall.catalog.free_codes("card", 50))
        assert len(found) == 20
        assert dict(found) == CODES


def test_no_more_codes_are_shown_than_were_asked_for(mall: Stored) -> None:
    stocked(mall)
    found = list(mall.catalog.free_codes("card", 7))
    assert len(dict(found)) == 7
    assert dict(found).items() <= CODES.items()


def test_searches_begin_in_different_places(mall: Stored) -> None:
    stocked(mall)
    assert len({mall.catalog.free_codes("card", 1)[0] for _ in range(60)}) > 1


def test_every_item_has_a_pool_of_its_own(mall: Stored) -> None:
    mall.store.commit([add("card", FIRST), add("voucher", FIRST)])
    mall.store.commit([claim(FIRST)])
    assert list(mall.catalog.free_codes("card", 5)) == []
    assert list(mall.catalog.free_codes("voucher", 5)) == [(FIRST, CODES[FIRST])]


def test_a_code_is_imported_once(mall: Stored) -> None:
    stocked(mall, 1)
    again = add("card", FIRST)
    assert refusal(mall, again, add("card", SECOND)) == [(again, FIRST)]
    assert list(mall.catalog.free_codes("card", 5)) == [(FIRST, CODES[FIRST])]


def test_a_code_that_was_claimed_cannot_be_imported_again(mall: Stored) -> None:
    stocked(mall, 1)
    mall.store.commit([claim(FIRST)])
    again = add("card", FIRST)
    assert refusal(mall, again) == [(again, FIRST)]
    assert list(mall.catalog.free_codes("card", 5)) == []


def test_a_claimed_code_leaves_the_pool_for_its_redemption(mall: Stored) -> None:
    stocked(mall, 2)
    mall.store.commit([claim(FIRST)])
    assert list(mall.catalog.free_codes("card", 5)) == [(SECOND, CODES[SECOND])]
    assert mall.catalog.claimed_code("rdm_1", FIRST) == CODES[FIRST]
    assert mall.catalog.claimed_code("rdm_2", FIRST) is None
    assert mall.catalog.claimed_code("rdm_1", SECOND) is None


def test_a_code_is_claimed_once(mall: Stored) -> None:
    stocked(mall, 2)
    mall.store.commit([claim(FIRST)])
    late = claim(FIRST, "rdm_2")
    assert refusal(mall, claim(SECOND, "rdm_2"), late) == [(late, None)]
    assert mall.catalog.claimed_code("rdm_2", SECOND) is None


def test_the_same_claim_again_is_told_that_the_code_has_gone(mall: Stored) -> None:
    stocked(mall, 1)
    mall.store.commit([claim(FIRST)])
    again = claim(FIRST)
    assert refusal(mall, again) == [(again, None)]
