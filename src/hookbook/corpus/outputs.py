"""Reject expected outputs that vary over time, between machines, or say nothing."""

import datetime
import os
import platform
import re
import sys
import time
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from tempfile import gettempdir

from hookbook.trace.masks import unstable

from .leaks import Fault

NEAR = datetime.timedelta(days=400)
"""Days around today in which a date may be the clock's: a cookie lasts a year."""

_OUTPUT = re.compile(
    r"^(?P<indent>[ \t]*)\.\. testoutput::.*\n"
    r"(?P<body>(?:(?P=indent)[ \t]+.*\n|[ \t]*\n)*)",
    re.MULTILINE,
)
_OPTION = re.compile(r"^[ \t]*:\w+:.*$", re.MULTILINE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = f"(?P<m>{'|'.join(_MONTHS)})[a-z]*"
_DATES = tuple(
    re.compile(rf"(?i)(?<!\d){form}(?!\d)")
    for form in (
        r"(?P<y>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)",
        r"(?P<d>\d\d?)[-/. ]+(?P<m>\d\d?)[-/.](?P<y>\d{4})",
        r"(?P<m>\d\d?)/(?P<d>\d\d?)/(?P<y>\d{4}|\d\d)",
        r"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>\d\d)",
        r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)",
        rf"(?P<d>\d\d?)[. -]+{_MONTH}[ -]+(?P<y>\d{{4}}|\d\d)",
        rf"{_MONTH}\.? +(?P<d>\d\d?),? +(?:[\d:]+ +)?(?P<y>\d{{4}})",
    )
)
_NAMES = (
    *(("%A", "the day of the week"), ("%a", "the day of the week")),
    *(("%B", "the month"), ("%b", "the month")),
)
_STAMP = re.compile(r"(?<![\w.])\d{10}(?:\d{3}){0,2}(?:\.\d+)?(?!\w)")
_WORDS = re.compile(r"\w+")


def faults(source: str) -> Iterator[Fault]:
    """Check each expected output in `source`, the text of a snippet.

    Text that is also typed in the snippet's code comes from no clock, and is accepted.
    """
    code = without_outputs(source)
    for match in _OUTPUT.finditer(source):
        at = source.count("\n", 0, match.start()) + 1
        body = _OPTION.sub("", match["body"])
        loose = "ELLIPSIS" in match["body"]
        if reason := empty(body, loose):
            yield Fault(reason, at)
        yield from (Fault(reason, at) for reason in varying(body, code))


def without_outputs(source: str) -> str:
    """Return the text of a snippet without its expected outputs."""
    return _OUTPUT.sub("", source)


def empty(want: str, ellipsis: bool) -> str:
    """Return why an expected output `want` says nothing, if it does."""
    left = want.replace("<BLANKLINE>", "")
    if ellipsis:
        left = left.replace("...", "").replace("…", "")
    if not re.search(r"\w", left):
        return "the testoutput is empty: print something that shows what happened"
    return ""


def swallowed(want: str, printed: str, ellipsis: bool) -> str:
    """Return why `want` leaves out too much of `printed`, if it does."""
    if not ellipsis or "..." not in want:
        return ""
    kept = len("".join(want.replace("...", "").split()))
    whole = len("".join(printed.split()))
    if kept * 2 < whole:
        return (
            f"the testoutput has {kept} of {whole} characters, its '...' the rest:"
            " print less"
        )
    return ""


def varying(text: str, code: str) -> Iterator[str]:
    """Yield what varies in `text` over time, between machines, or after an update.

    `code` is the snippet's own text: anything typed there comes from no clock.
    """
    advice = "print something that stays the same"
    for what, found in (*_clock(text, code), *_versions(text), *_machine(text)):
        if found not in code:
            yield f"the output has {what} ({found}): {advice}"
    for found in unstable(text):
        if found not in code:
            yield f"the output differs between runs ({found}): {advice}"


def _clock(text: str, code: str) -> Iterator[tuple[str, str]]:
    today = datetime.datetime.now(datetime.timezone.utc)
    typed = {word.lower().lstrip("0") for word in _WORDS.findall(code)}
    for pattern in _DATES:
        for match in pattern.finditer(text):
            year, month, day = match["y"], match["m"].lower()[:3], match["d"]
            if not month.isdigit():
                month = str(_MONTHS.index(month) + 1)
            with_century = int(year) + (2000 if len(year) == 2 else 0)
            try:
                date = datetime.datetime(
                    with_century, int(month), int(day), tzinfo=datetime.timezone.utc
                )
            except ValueError:
                continue
            parts = {year.lstrip("0"), month.lstrip("0"), day.lstrip("0")}
            if abs(date - today) < NEAR and not parts <= typed:
                yield "a date", match[0]
    for match in _STAMP.finditer(text):
        seconds = float(match[0][:10])
        if abs(seconds - time.time()) < NEAR.total_seconds():
            yield "a time stamp", match[0]
    for match in _DURATION.finditer(text):
        taken = {n.lstrip("0") for n in re.findall(r"\d+", match[0])} - {""}
        if not taken or not taken <= typed:
            yield "a duration", match[0]
    for year in (today.year, today.year + 1):
        if re.search(rf"(?<!\d){year}(?!\d)", text) and str(year) not in typed:
            yield "the year", str(year)
    # Whole dates have been checked above.
    names = _NAMES[::2] if any(date.search(text) for date in _DATES) else _NAMES
    for form, what in names:
        name = today.strftime(form)
        if re.search(rf"\b{name}\b", text):
            yield what, name


def _versions(text: str) -> Iterator[tuple[str, str]]:
    for name, version in _installed():
        if re.search(rf"(?<![\w.]){re.escape(version)}(?!\w|\.\d)", text):
            yield f"the version of {name}", version
    if found := _named().search(text):
        yield "a version", found[0]
    if (found := _TUPLE.search(text)) and found[0] in _tuples():
        yield "a version", found[0]


@cache
def _installed() -> list[tuple[str, str]]:
    found = {d.version: d.metadata["Name"] for d in distributions()}
    found[platform.python_version()] = "Python"
    # Two numbers can be anything, such as the version from which Flask warns.
    return [
        (name, version) for version, name in found.items() if version.count(".") > 1
    ]


_TUPLE = re.compile(r"\(\d+, \d+, \d+\)")


@cache
def _named() -> re.Pattern[str]:
    """Match a library's name with the first two numbers of its version."""
    found = {d.metadata["Name"]: d.version.split(".")[:2] for d in distributions()}
    forms = [
        rf"{re.escape(name)}[ /=v-]{{0,3}}{re.escape('.'.join(numbers))}"
        for name, numbers in found.items()
    ]
    major, minor = sys.version_info[:2]
    forms.append(rf"c?python[ /-]?{major}\.?{minor}")
    return re.compile(rf"(?i)\b(?:{'|'.join(forms)})(?!\w|\.\d)")


@cache
def _tuples() -> set[str]:
    versions = (version.split(".") for version, _ in map(reversed, _installed()))
    return {f"({', '.join(parts)})" for parts in versions}


_ORDER = re.compile(
    r"\b(?:Thread|Task|Dummy|AnyIO worker thread)-\d+|ThreadPoolExecutor-\d+_\d+"
)
_DURATION = re.compile(
    r"\b\d+(?:\.\d+)?(?:e-\d+)? ?(?:[mnuµ]s|milliseconds)\b"
    r"|\b\d+\.\d+(?:e-\d+)? ?(?:s|secs?|seconds)\b"
)
_HERE = (Path.cwd(), Path.home(), Path(sys.prefix), Path(sys.base_prefix))
_PLACES = [
    *(f"{place}" for place in _HERE if len(place.parts) > 1),
    f"{gettempdir()}/",
    *(platform.node(), platform.platform(), platform.release()),
    str(Path(os.__file__).parent),
    *("/site-packages/", "/dist-packages/"),
]


def _machine(text: str) -> Iterator[tuple[str, str]]:
    for place in _PLACES:
        if len(place) > 3 and place in text:
            yield "a name of this machine", place
    for found in _ORDER.finditer(text):
        yield "a number that depends on what ran before", found[0]
