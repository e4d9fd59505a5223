"""What `.ci/run` runs is every target of the Makefile."""

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")

# Where a target is run that does not end by itself.
IN_TESTS = {"serve": ROOT / "tests" / "browser" / "test_house_serve.py"}
# What may come before a command.
STARTS = {"offline", "if", "!", "then", "{", "(", "&&", "||", ";", "do"}


def targets(makefile):
    """Return the targets that `make help` lists."""
    listed = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    return {*listed, "help"}


def run_by(script):
    """Return the targets of every call of make in a script."""
    called = set()
    for line in re.sub(r"\\\n", " ", script).splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.commenters = "#"
        try:
            words = list(lexer)
        except ValueError:
            # A text over several lines is no call.
            continue
        for place, word in enumerate(words):
            first = place == 0 or words[place - 1] in STARTS
            if word == "make" and first:
                called |= set(arguments(words[place + 1 :]))
    return called


def arguments(words):
    """Yield the targets among the words after `make`, up to the end of the call."""
    words = iter(words)
    for word in words:
        if word in {"-C", "-o"}:
            next(words, None)
        elif not re.fullmatch(r"[\w-]+", word) and "=" not in word:
            return
        elif re.fullmatch(r"[a-z][a-z-]*", word):
            yield word


def with_needed(makefile, called):
    """Add to the targets those that they need: make runs these, too."""
    for target in list(called):
        line = re.search(rf"^{target}:([^#\n]*)", makefile, re.MULTILINE)
        needed = set(line[1].split()) & targets(makefile) if line else set()
        called |= with_needed(makefile, needed)
    return called


def missing(makefile, script):
    """Return the targets that neither the script nor a test runs."""
    run = with_needed(makefile, run_by(script))
    return targets(makefile) - run - IN_TESTS.keys()


def test_every_target_runs():
    assert len(targets(MAKEFILE)) >= 20
    assert missing(MAKEFILE, CI) == set()
    assert run_by(CI) <= targets(MAKEFILE)


@pytest.mark.parametrize("target", IN_TESTS)
def test_what_a_test_runs_it_runs(target):
    text = IN_TESTS[target].read_text("utf-8")
    assert re.search(rf'\["make", [^\]]*"{target}"', text)
    assert "pytest.mark.browser" in text
    assert "test-browser" in run_by(CI)


@pytest.mark.canary
def test_a_new_target_that_nothing_runs_is_refused():
    new = f"{MAKEFILE}\n.PHONY: polish\npolish: ## Polish the silver\n\techo\n"
    assert missing(new, CI) == {"polish"}


@pytest.mark.canary
@pytest.mark.parametrize(
    "line",
    [
        "# make polish",
        'echo "make polish"',
        "echo make polish",
        "make html # polish",
        "make lint POLISH=polish; echo polish",
        "offline make mutants MUTANTSOPTS='polish'",
    ],
)
def test_what_only_looks_like_a_call_counts_for_nothing(line):
    assert "polish" not in run_by(line)


@pytest.mark.parametrize(
    "line",
    [
        "make polish",
        "make html polish PORT=1",
        "offline make -C there -o here polish || true",
        "if ! make polish; then",
        "test -e x && make \\\n  polish",
        "small() { make -C here polish; }",
    ],
)
def test_a_call_is_seen(line):
    assert "polish" in run_by(line)
