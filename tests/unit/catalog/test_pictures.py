import pytest

from loyalty.adapters.memory import MemoryMall
from support.catalogue import Operations


def test_an_uploaded_picture_goes_into_the_item(operations: Operations) -> None:
    item_id = operations.create()["item_id"]
    offer = operations.post(f"/{item_id}/pictures", {"content_type": "image/jpeg"})
    assert offer.status == 201
    picture = offer.body["picture"]
    assert picture.startswith(f"pictures/{item_id}/")
    assert picture.endswith(".jpeg")
    assert offer.body["upload"]["fields"]["key"] == picture
    assert operations.get(f"/{item_id}").body["pictures"] == []
    shown = operations.change(item_id, pictures=[picture]).body["pictures"]
    assert shown == [f"https://media.example.com/{picture}"]


def test_the_same_key_offers_the_same_picture(operations: Operations) -> None:
    path = f"/{operations.create()['item_id']}/pictures"
    first = operations.post(path, {"content_type": "image/png"}, key="first-key").body
    again = operations.post(path, {"content_type": "image/png"}, key="first-key").body
    other = operations.post(path, {"content_type": "image/png"}).body
    assert first["picture"] == again["picture"] != other["picture"]


def test_another_type_under_the_same_key_is_refused(operations: Operations) -> None:
    path = f"/{operations.create()['item_id']}/pictures"
    operations.post(path, {"content_type": "image/png"}, key="first-key")
    answer = operations.post(path, {"content_type": "image/webp"}, key="first-key")
    assert (answer.status, answer.problem) == (422, "idempotency-key-reused")


@pytest.mark.parametrize("kind", ["image/svg+xml", "text/html", "", None])
def test_what_can_carry_scripts_is_no_picture(operations: Operations, kind: object) -> None:
    path = f"/{operations.create()['item_id']}/pictures"
    assert operations.post(path, {"content_type": kind}).status == 422


def test_the_audit_tells_who_asked_for_an_upload(operations: Operations, mall: MemoryMall) -> None:
    item_id = operations.create()["item_id"]
    offer = operations.post(f"/{item_id}/pictures", {"content_type": "image/png"}).body
    record = mall.audit[-1]
    assert (record.act, record.after) == ("item.picture", {"picture": offer["picture"]})
