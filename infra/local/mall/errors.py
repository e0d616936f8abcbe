"""What can go wrong in a way that the person at the terminal can mend."""


class MallError(Exception):
    """A failure with words for a person: what happened, and what to do about it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
