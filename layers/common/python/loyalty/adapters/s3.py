"""Pictures in S3, uploaded by whoever holds a form that was signed for one of them."""

from typing import TYPE_CHECKING

from loyalty.domain.picture import PictureType, UploadForm

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MOST_BYTES = 5_000_000
TTL_SECONDS = 900


class S3PictureStore:
    """Signs forms; the bucket itself refuses another name, another type, or too many bytes."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def upload_form(self, path: str, kind: PictureType) -> UploadForm:
        """Return a form that takes one picture of this type, at this path, for a while."""
        signed = self._s3.generate_presigned_post(
            self._bucket,
            path,
            Fields={"Content-Type": kind.value},
            Conditions=[{"Content-Type": kind.value}, ["content-length-range", 1, MOST_BYTES]],
            ExpiresIn=TTL_SECONDS,
        )
        return UploadForm(signed["url"], signed["fields"], MOST_BYTES, TTL_SECONDS)
