"""Where a request came from: its network address, and the device that an app may name."""

from dataclasses import dataclass

from aws_lambda_powertools.event_handler import Request

from loyalty.bootstrap import mall, settings
from loyalty.domain.origin import Origin, digest_of_place

DEVICE_HEADER = "x-device-id"
SHORTEST, LONGEST = 8, 64


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A request's origin in plain words: never stored, never logged."""

    source: str = ""
    forwarded_for: str = ""
    device: str = ""

    def digested(self) -> Origin:
        """Return the digests; only now are the key and the settings asked for."""
        if not (self.source or self.device):
            return Origin()
        key = mall().secrets.cursor_key()
        address = _viewer(self.source, self.forwarded_for, settings().proxies_in_front)
        return Origin(
            ip=digest_of_place(key, "ip", address),
            device=digest_of_place(key, "device", self.device),
        )


def whereabouts_of(request: Request) -> Whereabouts:
    """Return where a request came from.

    The device is what an app says it is, in `X-Device-Id`; a text shorter than 8 or longer than
    64 characters tells devices apart too badly, and counts as none.
    """
    headers = {name.lower(): value for name, value in request.headers.items()}
    device = headers.get(DEVICE_HEADER, "").strip()
    return Whereabouts(
        source=str(request.resolved_event["requestContext"]["http"].get("sourceIp") or ""),
        forwarded_for=headers.get("x-forwarded-for", ""),
        device=device if SHORTEST <= len(device) <= LONGEST else "",
    )


def _viewer(source: str, forwarded_for: str, proxies: int) -> str:
    """Return whom the outermost of our own proxies saw; each of them adds a name at the end."""
    seen = [name.strip() for name in forwarded_for.split(",") if name.strip()]
    if not seen or seen[-1] != source:
        seen.append(source)
    return seen[-1 - proxies] if len(seen) > proxies else source
