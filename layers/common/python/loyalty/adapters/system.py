"""The machine's own clock."""

from datetime import UTC, datetime


class SystemClock:
    """The time as it is."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return datetime.now(UTC)
