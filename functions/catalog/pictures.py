"""Use case of operators on pictures: a form by which to upload one."""

from dataclasses import dataclass

from catalog.service import show_item
from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.audit import Operator, digest_of
from loyalty.domain.picture import PictureType, UploadForm
from loyalty.ports import Mall


@dataclass(frozen=True, slots=True)
class Upload:
    """Where a picture will be, and the form that takes it there."""

    picture: str
    form: UploadForm


def offer_upload(
    mall: Mall, operator: Operator, key: str, item_id: str, kind: PictureType
) -> Upload:
    """Return a form for one picture; the same key gives a fresh form for the same picture.

    The item does not show the picture before it is changed to: an upload may fail.

    Raises:
        NotFound: there is no such item.
        IdempotencyKeyReused: the key asked for another type.
    """
    show_item(mall, item_id)
    name = digest_of([operator.subject, item_id, key])[:26]
    path = f"pictures/{item_id}/{name}.{kind.suffix}"
    act = OperatorAct(
        operator, "item.picture", item_id, key, request=kind.value, after={"picture": path}
    )
    commit_once(mall, act, [])
    return Upload(path, mall.pictures.upload_form(path, kind))
