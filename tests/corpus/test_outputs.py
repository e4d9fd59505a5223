"""An expected output that is other tomorrow, elsewhere, or nothing, is refused."""

import datetime
import os
import platform
import re
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import gettempdir

import pytest

from hookbook.corpus import guard, outputs, runs
from hookbook.corpus.snippets import SnippetError, load

NOW = datetime.datetime.now(datetime.UTC)
SOON = NOW + datetime.timedelta(31)
HTTP = "%a, %d %b %Y %H:%M:%S GMT"

VARYING = {
    "ISO": (f"{NOW:%Y-%m-%d}", "a date"),
    "ISO in a word": (f"at {NOW:%Y-%m-%dT%H:%M:%S}Z", "a date"),
    "HTTP": (NOW.strftime(HTTP), "a date"),
    "a cookie's": (f"Expires={SOON.strftime(HTTP)}; Path=/", "a date"),
    "American": (f"{NOW:%m/%d/%Y}", "a date"),
    "short": (f"{NOW:%m/%d/%y}", "a date"),
    "German": (f"{NOW:%d.%m.%Y}", "a date"),
    "in words": (f"{NOW:%d %B %Y}", "a date"),
    "American words": (f"{NOW:%B %d, %Y}", "a date"),
    "asctime": (f"{NOW:%a %b %d %H:%M:%S %Y}", "a date"),
    "compact": (f"{NOW:%Y%m%d}", "a date"),
    "year": (f"(c) {NOW:%Y}", "the year"),
    "weekday": (f"{NOW:%A}", "the day of the week"),
    "month": (f"{NOW:%B}", "the month"),
    "stamp": (f"{NOW.timestamp():.0f}", "a time stamp"),
    "milliseconds": (f"{NOW.timestamp() * 1000:.0f}", "a time stamp"),
    "Flask": (f"Flask {version('flask')}", "the version of Flask"),
    "Werkzeug": (version("werkzeug"), "the version of Werkzeug"),
    "Python": (f"{platform.python_version()}", "the version of Python"),
    "Python 3": ("Python {}.{}".format(*sys.version_info), "a version"),
    "Python in a path": ("cpython-{}{}".format(*sys.version_info), "a version"),
    "numbers": (str(sys.version_info[:3]).replace("'", ""), "a version"),
    "Flask's line": ("Flask " + version("flask")[:3], "a version"),
    "next year": (f"until {NOW.year + 1}", "the year"),
    "weekday in short": (f"{NOW:%a}", "the day of the week"),
    "day and month": (f"{NOW:%d %b}", "the month"),
    "thread": ("Thread-3 (work)", "a number that depends on what ran before"),
    "pool": ("ThreadPoolExecutor-0_1", "a number that depends on what ran before"),
    "milliseconds taken": ("took 3 ms", "a duration"),
    "seconds taken": ("took 0.0 s", "a duration"),
    "platform": (platform.platform(), "a name of this machine"),
    "library": (f"{Path(os.__file__).parent}/json", "a name of this machine"),
    "server": (f"Werkzeug/{version('werkzeug')}", "differs between runs"),
    "address": ("<object at 0x7f3fd5155bc0>", "differs between runs"),
    "duration": ("took 0.00123456 s", "differs between runs"),
    "timing": ("total;dur=1.234", "differs between runs"),
    "folder": (f"{Path.cwd()}/app.py", "a name of this machine"),
    "temporary": (f"{gettempdir()}/tmpab12/x", "a name of this machine"),
}


@pytest.mark.canary
@pytest.mark.parametrize("name", VARYING)
def test_what_varies_is_refused(name):
    text, reason = VARYING[name]
    assert reason in "\n".join(outputs.varying(f"It is {text}\n", "print(x)"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Expires=Thu, 01 Jan 1970 00:00:00 GMT", ""),
        ("will be removed in Flask 3.2", ""),
        ("200 OK, 4 bytes", ""),
        (f"{NOW:%Y-%m-%d}", f"datetime.date({NOW.year}, {NOW.month}, {NOW.day})"),
        (NOW.strftime(HTTP), f"datetime({NOW.year}, {NOW.month}, {NOW.day})"),
        (f"open since {NOW:%Y}", f"SINCE = {NOW.year}"),
        ("12345678901234567890", ""),
        ("took 125 ms", "CLOCK = iter([0, 0.125])"),
        ("new in Flask 2.2, gone in Flask 4", ""),
        ("(1, 2, 3)", ""),
    ],
    # Without the time of day: what is collected twice must have one name.
    ids=(
        "epoch",
        "release",
        "count",
        "date",
        "time",
        "year",
        "number",
        "clock",
        "old",
        "tuple",
    ),
)
def test_what_is_fixed_passes(text, code):
    assert list(outputs.varying(text, code)) == []


@pytest.mark.canary
@pytest.mark.parametrize(
    "want", ["...", "... ...\n...", "<BLANKLINE>", "...\n<BLANKLINE>"]
)
def test_an_output_of_nothing_is_refused(want):
    assert "the testoutput is empty" in outputs.empty(want, ellipsis=True)


def test_three_dots_are_an_output_where_they_mean_themselves():
    assert outputs.empty("Loading...", ellipsis=False) == ""
    assert outputs.empty("Hello ...", ellipsis=True) == ""


@pytest.mark.canary
def test_an_ellipsis_that_swallows_most_is_refused():
    printed = "Hello, " + "x" * 50
    assert "7 of 56 characters" in outputs.swallowed("Hello,x...", printed, True)
    assert outputs.swallowed("Hello, xxxxxxx...", "Hello, xxxxxxxxx", True) == ""
    assert outputs.swallowed("...", "...", False) == ""


TEXT = '''"""A title.
{reason}
.. testcode::

   {code}

.. testoutput::
{options}
   {want}
"""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "x" * 200
'''


def refusal(root, code, want, options="", reason=""):
    path = root / "topic" / "one.py"
    path.parent.mkdir(exist_ok=True)
    text = TEXT.format(code=code, want=want, options=options, reason=reason)
    path.write_text(text)
    with pytest.raises(SnippetError) as caught:
        runs.run(root, "topic/one")
    assert caught.value.path == path
    return str(caught.value), caught.value.line


REQUEST = "print(app.test_client().get('/').text)"
ELLIPSIS = "   :options: +ELLIPSIS\n"


@pytest.mark.canary
@pytest.mark.parametrize(
    ("code", "want", "options", "reason", "line"),
    [
        ("import time; print(time.strftime('%Y'))", f"{NOW:%Y}", "", "the year", 7),
        (REQUEST, "...", ELLIPSIS, "the testoutput is empty", 7),
        (REQUEST, "xxx...", ELLIPSIS, "has 3 of 200 characters", 5),
        ("print('Hello')", "Hello", "", "makes no request", 1),
    ],
)
def test_a_run_is_refused_with_its_line(tmp_path, code, want, options, reason, line):
    said, found = refusal(tmp_path, code, want, options)
    assert reason in said
    assert found == line


@pytest.mark.canary
def test_a_slow_snippet_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "SHARE", 0)
    said, _ = refusal(tmp_path, REQUEST, "x" * 200)
    assert re.match(r"the snippet needs \d+\.\d of its 5 seconds", said)


def test_a_reason_allows_a_scenario_without_a_request(tmp_path):
    said, _ = refusal(tmp_path, "print('A')", "B", reason=".. no request: a reason\n")
    assert "the output is not the testoutput" in said


def test_no_snippet_of_the_house_needs_a_reason_for_no_request():
    root = Path(__file__).parents[2] / "snippets"
    texts = {
        name: load(root, name).path.read_text("utf-8") for name in runs.names(root)
    }
    assert len(texts) >= 256
    assert [n for n, text in texts.items() if ".. no request:" in text] == []
