"""The messages that the page of extensions' errors has as headings."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "errors" / "extensions.md"
HEADING = r"^\((\S+)\)=\n## (`+) ?(.+?) ?\2$"
ENTRIES = {
    anchor: text
    for anchor, _, text in re.findall(HEADING, PAGE.read_text("utf-8"), re.MULTILINE)
}
