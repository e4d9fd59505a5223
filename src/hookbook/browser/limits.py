"""What ends a reader's run: a limit, or a message that asks for too much."""

import io


class Stopped(BaseException):
    """A limit was reached. Not an :exc:`Exception`: nobody else answers it."""


class Refused(Exception):
    """The message asks for what cannot be done; `kind` is the error's."""

    def __init__(self, message: str, kind: str = "request") -> None:
        super().__init__(message)
        self.kind = kind


class Printed(io.StringIO):
    """What was printed, up to `limit` characters; what is more ends the run."""

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
