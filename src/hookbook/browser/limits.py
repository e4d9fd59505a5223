"""Exceptions that end a reader's run: a limit, or a message that asks too much."""

import io


class Stopped(BaseException):
    """A limit was reached. Not an :exc:`Exception`, so that nothing handles it."""


class Refused(Exception):
    """The message asks for something impossible; `kind` is the error's."""

    def __init__(self, message: str, kind: str = "request") -> None:
        super().__init__(message)
        self.kind = kind


class Printed(io.StringIO):
    """Printed text, up to `limit` characters; more than that ends the run."""

    def __init__(self, limit: int, *, ends: bool = True) -> None:
        super().__init__()
        self.limit = limit
        self.ends = ends
        self.cut = False

    def write(self, text: str, /) -> int:
        """Keep as much of `text` as there is room for."""
        room = self.limit - self.tell()
        super().write(text[: max(room, 0)])
        if len(text) > room:
            self.cut = True
            if self.ends:
                raise Stopped(f"stopped: it printed more than {self.limit} characters")
        return len(text)
