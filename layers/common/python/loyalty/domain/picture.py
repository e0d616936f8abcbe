"""Pictures of items: what may be one, and where it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class PictureType(StrEnum):
    """What a picture may be. SVG is not among them: it can carry scripts."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"

    @property
    def suffix(self) -> str:
        """How the picture's name ends."""
        return self.value.removeprefix("image/")


@dataclass(frozen=True, slots=True)
class UploadForm:
    """A form that takes one picture: POST the fields and then the file, as multipart/form-data."""

    url: str
    fields: Mapping[str, str]
    most_bytes: int
    ttl_seconds: int
