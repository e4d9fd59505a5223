"""Each output of another version is run by some environment, or refused."""

from pathlib import Path

import pytest

from tests.house.alternatives import findings, outputs, skip_findings, skips, supported

ROOT = Path(__file__).parents[2]
EVERYTHING, RUN = supported((ROOT / "tox.ini").read_text("utf-8"))
SNIPPETS = [
    path
    for path in sorted((ROOT / "snippets").rglob("*.py"))
    if ":skipif:" in path.read_text("utf-8")
]
SNIPPET = '''"""Greet.

.. testcode::

   print(greet())

Before:

.. testoutput::
   :skipif: {before}

   Hi

Since:

.. testoutput::
   :skipif: {since}

   Hello
"""

import os
import re
import sys
from importlib.metadata import version

RELEASE = tuple(map(int, re.findall(r"\\d+", version("flask"))[:3]))
FLASK = RELEASE[:2]
OLD = FLASK < (2, 3)
LINUX = os.name == "posix"
NEVER = FLASK >= (4, 0)
'''
OUTPUT, OTHER = "snippets/greet.py:10", "snippets/greet.py:17"


def told(before, since):
    source = SNIPPET.format(before=before, since=since)
    return list(findings("snippets/greet.py", source, EVERYTHING, RUN))


def test_tox_runs_the_oldest_and_the_newest_release_of_what_is_supported():
    releases = {tuple(map(int, v.flask.split(".")[:3])) for v in EVERYTHING}
    run = {tuple(map(int, v.flask.split(".")[:3])) for v in RUN}
    assert len(releases) >= 19
    assert run <= releases
    assert max(run) == max(releases)
    lines = {release[:2] for release in releases}
    assert {max(r for r in releases if r[:2] == line) for line in lines} <= run


def test_every_output_of_this_corpus_is_run():
    found = [
        what
        for path in SNIPPETS
        for what in findings(
            path.relative_to(ROOT).as_posix(),
            path.read_text("utf-8"),
            EVERYTHING,
            RUN,
        )
    ]
    assert found == []
    count = [o for path in SNIPPETS for o in outputs(path.read_text("utf-8"))]
    assert len([output for output in count if output.condition]) >= 80


@pytest.mark.parametrize(
    ("before", "since"),
    [
        ("FLASK >= (3, 0)", "FLASK < (3, 0)"),
        ("not OLD", "OLD"),
        ("sys.version_info >= (3, 11)", "sys.version_info < (3, 11)"),
        (
            'tuple(map(int, version("blinker").split(".")[:2])) >= (1, 6)',
            'tuple(map(int, version("blinker").split(".")[:2])) < (1, 6)',
        ),
    ],
)
def test_outputs_that_share_the_versions_are_let_pass(before, since):
    assert told(before, since) == []


@pytest.mark.canary
@pytest.mark.parametrize("condition", ["True", "FLASK >= (2, 0)", "not NEVER"])
def test_an_output_that_no_flask_prints_is_refused(condition):
    assert told(condition, "NEVER") == [
        f"{OUTPUT}: '{condition}' holds everywhere: no Flask prints this output, remove"
        " it",
        f"{OTHER}: 'NEVER' holds nowhere: every Flask prints this, remove it",
    ]


@pytest.mark.canary
def test_an_output_that_no_environment_runs_is_refused():
    assert told("RELEASE != (2, 2, 1)", "RELEASE == (2, 2, 1)") == [
        f"{OUTPUT}: 'RELEASE != (2, 2, 1)' skips this output in every environment of"
        " tox.ini: add one, such as of Flask 2.2.1, or remove the output"
    ]


@pytest.mark.canary
@pytest.mark.parametrize(
    ("before", "since", "what"),
    [
        ("FLASK >= (3, 0)", "FLASK < (3, 1)", "3.0.0 with Python 3.10, 0 outputs are"),
        ("FLASK >= (3, 0)", "FLASK < (2, 3)", "2.3.0 with Python 3.10, 2 outputs are"),
    ],
)
def test_versions_with_no_output_or_with_two_are_refused(before, since, what):
    (found,) = told(before, since)
    assert found.startswith(f"snippets/greet.py:10: on Flask {what}")


@pytest.mark.canary
@pytest.mark.parametrize("condition", ["LINUX", "nothing", "os.environ", "FLASK <"])
def test_a_condition_on_other_things_is_refused(condition):
    (found,) = told(condition, "OLD")
    assert found.startswith(f"{OUTPUT}: '{condition}' depends on more than versions")


BEHAVIOUR = sorted((ROOT / "tests" / "behaviour").rglob("*.py"))


def test_every_proof_runs_in_some_environment():
    texts = {path.relative_to(ROOT).as_posix(): path.read_text() for path in BEHAVIOUR}
    found = [
        what
        for name, text in texts.items()
        for what in skip_findings(name, text, EVERYTHING, RUN)
    ]
    assert found == []
    assert len([skip for text in texts.values() for skip in skips(text)]) >= 5


SKIPPED = """\
import os
import sys
import pytest

CI = os.environ.get("CI")

@pytest.mark.skipif({condition}, reason="FLASK")
def test_it():
    pass
"""


@pytest.mark.canary
@pytest.mark.parametrize(
    ("condition", "what"),
    [
        ("FLASK >= (2, 0)", "skips the test in every environment: let it run in one"),
        ("FLASK < (9, 0) or RELEASE", "skips the test in every environment"),
        ("FLASK < (2, 2) or True", "skips the test in every environment"),
        ("RELEASE != (2, 2, 1)", "skips the test in every environment"),
        ("FLASK < (2, 0)", "skips nothing: remove it"),
        ("FLASK < (3, 0) or CI", "depends on more than versions"),
        ("FLASK < (3, 0) or sys.platform == 'linux'", "depends on more than versions"),
    ],
)
def test_a_skip_that_leaves_no_proof_is_refused(condition, what):
    source = SKIPPED.format(condition=condition)
    (found,) = skip_findings("tests/behaviour/test_it.py", source, EVERYTHING, RUN)
    assert found.startswith(f"tests/behaviour/test_it.py:7: '{condition}' {what}")


@pytest.mark.parametrize(
    "condition",
    ["FLASK < (3, 0)", "not RELEASE >= (3, 1)", "sys.version_info < (3, 11)"],
)
def test_a_skip_on_versions_is_let_pass(condition):
    source = SKIPPED.format(condition=condition)
    assert list(skip_findings("test_it.py", source, EVERYTHING, RUN)) == []
