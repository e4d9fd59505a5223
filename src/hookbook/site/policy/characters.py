"""Bytes and characters that no file may contain."""

import re
import unicodedata
from collections.abc import Iterator

from .faults import Fault

_BOM = b"\xef\xbb\xbf"

# Control characters except the line end, marks that change the text direction,
# zero-width spaces, noncharacters.
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffd\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)", re.MULTILINE)


def faults(data: bytes) -> Iterator[Fault]:
    """Find what is wrong with the bytes of a text file."""
    if data.startswith(_BOM):
        yield Fault(1, "the file begins with a byte order mark: save it without one")
        data = data[len(_BOM) :]
    if b"\r" in data:
        line = data[: data.index(b"\r")].count(b"\n") + 1
        yield Fault(line, "a line ends with CR: save the file with LF line ends")
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        yield Fault(line, "the file is not UTF-8 from here on: save it as UTF-8")
        return
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        yield Fault(line, "a merge conflict: keep one side, delete the marks")
    if text.isascii() and not _INVISIBLE.search(text):
        return
    for number, line_text in enumerate(text.split("\n"), start=1):
        if found := _INVISIBLE.search(line_text):
            yield Fault(number, _about(found[0]))
        elif not unicodedata.is_normalized("NFC", line_text):
            yield Fault(number, "a letter and a combining mark: save it as one (NFC)")


def _about(character: str) -> str:
    if character == "\t":
        return "a tab: use spaces"
    name = unicodedata.name(character, "a control character")
    return f"U+{ord(character):04X} ({name}) is invisible: delete it"
