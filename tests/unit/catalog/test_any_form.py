"""Whatever is sent as an item: it is made, or refused with the field that does not fit."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.catalogue import Operations, item_form

anything: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
texts = st.fixed_dictionaries({}, optional={"zh": st.text(max_size=210), "en": anything})
fields = st.fixed_dictionaries(
    {},
    optional={
        "name": texts | anything,
        "kind": st.sampled_from(["physical", "virtual", "service"]) | anything,
        "category": st.text(max_size=70) | anything,
        "points": st.integers() | anything,
        "stock": st.integers() | anything,
        "description": texts | anything,
        "tags": st.lists(st.text(max_size=60), max_size=25) | anything,
        "pictures": st.lists(st.text(max_size=20)) | anything,
        "limits": st.dictionaries(st.sampled_from(["per_order", "per_day"]), anything) | anything,
        "market_price": st.from_regex(r"[0-9]{1,3}\.[0-9]{2}", fullmatch=True) | anything,
        "review": st.sampled_from(["never", "always", "auto"]) | anything,
    },
)
unhurried = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@unhurried
@given(changes=fields)
def test_any_form_of_a_new_item_is_taken_or_refused(
    operations: Operations, changes: dict[str, Any]
) -> None:
    answer = operations.post("", item_form(**changes))
    assert answer.status in {201, 422}, answer.body
    if answer.status == 422:
        assert {str(e["field"]).split(".")[0] for e in answer.body["errors"]} <= set(changes)


@unhurried
@given(changes=fields)
def test_any_change_is_taken_or_refused(operations: Operations, changes: dict[str, Any]) -> None:
    item_id = operations.post("", item_form(), key="one-item-for-all").body["item_id"]
    answer = operations.change(item_id, **changes)
    assert answer.status in {200, 422}, answer.body
    assert operations.get(f"/{item_id}").status == 200


@pytest.mark.parametrize(
    "body", ["{", "", b"\xff", "[]", "null", "5", '{"name": NaN}', '"item"', "[" * 100_000]
)
def test_what_is_no_item_at_all_is_refused(operations: Operations, body: Any) -> None:
    answer = operations.post("", body)
    assert answer.status in {400, 422}, answer.body
