"""Which language a caller would rather read."""

from collections.abc import Iterator
from typing import Annotated

from aws_lambda_powertools.event_handler import Depends, Request
from aws_lambda_powertools.event_handler.openapi.params import Header

LANGUAGES = frozenset({"zh", "en"})

AcceptLanguage = Annotated[
    str, Header(alias="Accept-Language", description="`zh` (the default) or `en`.")
]


def preferred_language(accept_language: str, default: str) -> str:
    """Return the language that an ``Accept-Language`` header would rather have.

    >>> preferred_language("fr-CH, en;q=0.9, zh;q=0.5", "zh"), preferred_language("fr", "zh")
    ('en', 'zh')
    """
    wanted = sorted(_weighted(accept_language), key=lambda pair: -pair[1])
    return next((tag for tag, weight in wanted if tag in LANGUAGES and weight > 0), default)


def language(request: Request, header: AcceptLanguage = "") -> str:
    """Return the language of an answer to a member: Chinese where no other is asked for."""
    # The library documents a dependency's parameters, but does not fill them in.
    headers = {name.lower(): value for name, value in request.headers.items()}
    return preferred_language(headers.get("accept-language", header), "zh")


Language = Annotated[str, Depends(language)]


def _weighted(languages: str) -> Iterator[tuple[str, float]]:
    """Read an ``Accept-Language`` header, forgiving what is not one."""
    for part in languages.split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            yield tag.split("-")[0].lower(), float(weight or 1)
        except ValueError:
            continue
