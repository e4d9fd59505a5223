"""The system's Chromium, which draws the card and opens the pages for the tests."""

import shutil
from collections.abc import Iterable

# The headless shell has no windows and no extensions: it takes half the CPU time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Names of Chromium commands, the cheapest first."""


def find(names: Iterable[str] = NAMES) -> str:
    """Return the path of the first of these commands that this machine has.

    :raises RuntimeError: if it has none; the message says what to install.
    """
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        raise RuntimeError(
            "no Chromium on this machine; on Debian and Ubuntu:"
            " apt-get install chromium-headless-shell"
        )
    return path
