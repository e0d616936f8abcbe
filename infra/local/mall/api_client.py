"""HTTP calls to the mall as one of its users."""

import time
from collections.abc import Generator

import httpx

TOO_MANY = 429
TRIES = 20
TIMEOUT_SECONDS = 60


class BearerToken(httpx.Auth):
    """Signs each request with a user's access token."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """Add the header."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class PatientTransport(httpx.HTTPTransport):
    """Tries again where the emulator says that too many calls run at once: nothing was done."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; wait a little longer each time that it is turned away."""
        for attempt in range(1, TRIES):
            response = super().handle_request(request)
            if response.status_code != TOO_MANY or _said_by_the_mall(response):
                return response
            response.close()
            time.sleep(0.05 * attempt)
        return super().handle_request(request)


def client(api: str, token: str = "") -> httpx.Client:
    """A client bound to the API, and to a user where a token is given."""
    return httpx.Client(
        base_url=api,
        auth=BearerToken(token) if token else None,
        transport=PatientTransport(),
        timeout=TIMEOUT_SECONDS,
    )


def _said_by_the_mall(response: httpx.Response) -> bool:
    return "problem+json" in str(response.headers.get("content-type"))
