"""Bodies that a function parses by itself are refused in the same words as all others."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError

from loyalty.domain.errors import Invalid


@contextmanager
def refused_as_invalid() -> Iterator[None]:
    """Turn what a model does not accept into a refusal that names each field.

    Raises:
        Invalid: a model did not accept what it was given.
    """
    try:
        yield
    except ValidationError as error:
        errors = [shown(part) for part in error.errors(include_url=False, include_input=False)]
        raise Invalid("Some parts are not valid.", errors=errors) from error


def shown(error: Mapping[str, Any], skipped: int = 0) -> dict[str, str]:
    """Return what a caller is told about one error: where, and what, but not what was given."""
    place = ".".join(map(str, error["loc"][skipped:])) or str(next(iter(error["loc"]), "body"))
    return {"field": place, "message": str(error["msg"]).removeprefix("Value error, ")}
