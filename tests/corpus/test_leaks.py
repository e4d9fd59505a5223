"""What a snippet leaves in the process is refused for that snippet, and put back."""

import gc
import multiprocessing  # noqa: F401 - it adds a module of its own when it's imported
import re
import warnings
from contextvars import copy_context

import pytest

from hookbook.corpus import leaks

from .leaking import LEAKS

CANNOT = re.compile("leaves a thread|leaves files open")
"""What cannot be put back: a thread ends and a file is closed by itself alone."""

IN_A_VIEW = (
    *("chdir", "environment", "random", "warnings", "stderr", "root handler"),
    *("Flask patched", "thread", "file", "connect", "subprocess"),
)


@pytest.fixture(autouse=True)
def collected():
    """Collect what a leak has left open, lest another test be told of it."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()


# What is left open is closed when it is collected, and Python says so then.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.canary
@pytest.mark.parametrize(
    ("name", "where"),
    [
        *((name, "code") for name in LEAKS),
        *((name, "scenario") for name in list(LEAKS)[::4]),
        *((name, "view") for name in IN_A_VIEW),
    ],
)
def test_a_leak_is_refused_and_put_back(snippet, tmp_path, monkeypatch, name, where):
    monkeypatch.chdir(tmp_path)
    code, reason = LEAKS[name]
    assert snippet(name="topic/clean") == ("", 0)
    clean = tmp_path / "snippets" / "topic" / "clean.py"
    before = leaks.State(clean, "snippets.topic.leaky")
    said, line = snippet(code, where=where)
    assert reason in said
    assert line >= 1
    # The state is what it was: the next one is not told off for it.
    put_back = [fault.text for fault in before.differences(copy_context())]
    assert [text for text in put_back if not CANNOT.search(text)] == []
    assert not [path for path in tmp_path.iterdir() if path.name != "snippets"]


@pytest.mark.canary
@pytest.mark.parametrize("order", [("leaky", "clean"), ("clean", "leaky")])
def test_a_leak_is_the_leaking_snippets_own_in_any_order(snippet, order):
    codes = {"leaky": "import random\nrandom.seed(1)", "clean": "import random"}
    said = {name: snippet(codes[name], name=f"topic/{name}")[0] for name in order}
    assert "sets the random numbers" in said["leaky"]
    assert said["clean"] == ""


def test_a_table_that_the_library_makes_once_is_no_leak(snippet, monkeypatch):
    monkeypatch.setattr("urllib.parse._hextobyte", None)
    code = "import urllib.parse\nassert urllib.parse.unquote_to_bytes('%20') == b' '"
    assert snippet(code) == ("", 0)


def test_drawing_random_numbers_is_no_leak(snippet):
    assert snippet("import random\nrandom.random()\nrandom.shuffle([1, 2])") == ("", 0)


def test_what_is_over_at_the_end_is_no_leak(snippet):
    code = """
import logging, tempfile, threading, warnings
from pathlib import Path
with tempfile.TemporaryDirectory() as folder:
    Path(folder, "x").write_text("x")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
work = threading.Thread(target=int)
work.start()
app.logger.setLevel("INFO")
logging.getLogger(__name__).addHandler(logging.NullHandler())
with app.app_context(), app.test_request_context():
    pass
"""
    assert snippet(code) == ("", 0)
