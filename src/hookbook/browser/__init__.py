"""The Python that runs in the reader's browser: `messages.handle` answers messages.

`pack` builds the folder that the browser loads (``make assets``); `sandbox` replaces
what a browser's Python lacks, and blocks the ways out of it.
"""

__all__ = ["messages", "pack", "sandbox"]
