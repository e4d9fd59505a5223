"""Compare outputs although Werkzeug's next release changes the phrases of statuses.

Releases of Werkzeug write a status in capitals and with their own phrases
(``422 UNPROCESSABLE ENTITY``); its development version uses Python's phrases
(``422 Unprocessable Content``). The corpus expects the output of releases. So on a
development version of Werkzeug, and only there, a status with Python's phrase equals
the same status with a release's phrase.
"""

import re
from http import HTTPStatus
from importlib.metadata import version

DEVELOPMENT = ".dev" in version("werkzeug")
"""Whether the installed Werkzeug is not a release."""

_OTHER_WORDS = {
    203: "NON AUTHORITATIVE INFORMATION",
    207: "MULTI STATUS",
    413: "REQUEST ENTITY TOO LARGE",
    414: "REQUEST URI TOO LONG",
    416: "REQUESTED RANGE NOT SATISFIABLE",
    422: "UNPROCESSABLE ENTITY",
    511: "NETWORK AUTHENTICATION FAILED",
}
_PHRASES = {
    f"{one.value} {one.phrase}": f"{one.value} "
    + _OTHER_WORDS.get(one.value, one.phrase.upper())
    for one in HTTPStatus
}
# The title of an HTTP error that has no code.
_PHRASES["None Unknown"] = "None Unknown Error"
_STATUS = re.compile(rf"\b(?:{'|'.join(map(re.escape, _PHRASES))})(?! Error|\w)")


def as_released(text: str) -> str:
    """Return `text` with each status as a release of Werkzeug writes it."""
    if not DEVELOPMENT:
        return text
    return _STATUS.sub(lambda found: _PHRASES[found[0]], text)
