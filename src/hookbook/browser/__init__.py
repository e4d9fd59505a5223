"""What runs in the reader's browser: `messages.handle` answers the page's messages.

`pack` makes the folder that the browser loads (``make assets``); `sandbox` fills
what a browser's Python lacks, and closes what leads out of it.
"""

__all__ = ["messages", "pack", "sandbox"]
