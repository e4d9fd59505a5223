"""Which page says what: found in the Markdown, without building the site."""

import dataclasses
import re
from collections import defaultdict

PROOF = re.compile(r"\{proof\}`(\w+)`")
SHOWS = re.compile(
    r"^[`:]{3,}\s*\{(?:snippet|trace|transcript|task)\}\s+(\S+)|\{produced\}`(\S+)|"
    r"^\s*(?:- )?(?:snippet|shows):\s*(\S+)"
)
FENCE = re.compile(r"^([`:]{3,})(?:\s*\{([\w-]+)\})?")
# What names a test in the body of a directive.
BODY = {
    "cards": re.compile(r"^(test_\w+)$"),
    "challenge": re.compile(r"^\s*(?:- )?proof:\s*(\w+)"),
    "extension-example": re.compile(r"^:proof:\s*(\w+)"),
}
OPEN = re.compile(r"^\s*(?:#+|[-*+]|\d+\.|:)\s+")


@dataclasses.dataclass(frozen=True)
class Place:
    """A line of a page, and the sentence there, if it is one."""

    page: str
    line: int
    sentence: str = ""

    def __str__(self):
        return f"{self.page}:{self.line}"


def scan(docs):
    """Return the places of each proof and each snippet, by their names."""
    found = defaultdict(list)
    for path in sorted(docs.rglob("*.md")):
        name = path.relative_to(docs)
        # Written by the build, or no pages.
        if name.parts[0] != "proofs" and not name.parts[0].startswith("_"):
            text = path.read_text(encoding="utf-8")
            _scan(f"{docs.name}/{name.as_posix()}", text.splitlines(), found)
    return found


def _scan(page, lines, found):
    paragraph, inside = "", None
    for number, line in enumerate(lines, start=1):
        if fence := FENCE.match(line):
            inside = BODY.get(fence[2])
        elif inside and (named := inside.match(line)):
            found[named[1]].append(Place(page, number))
        if not line.strip() or OPEN.match(line):
            paragraph = ""
        if shown := SHOWS.search(line):
            name = next(group for group in shown.groups() if group)
            found[name].append(Place(page, number))
            if "{task}" in line:
                found[f"{name}_start"].append(Place(page, number))
        for mark in PROOF.finditer(line):
            before = f"{paragraph} {line[: mark.start()]}"
            found[mark[1]].append(Place(page, number, _last_sentence(before)))
        paragraph += f" {line}"


def _last_sentence(text):
    text = PROOF.sub("", text)
    text = re.sub(r"\{[\w:]+\}`[^`<]*`", lambda role: role[0].split("`")[1], text)
    text = re.sub(r"!?\[([^]]*)\]\([^)]*\)", r"\1", text)
    text = OPEN.sub("", " ".join(text.replace("`", "").split()))
    return re.split(r"(?<=[.!?:])\s+", text)[-1]
