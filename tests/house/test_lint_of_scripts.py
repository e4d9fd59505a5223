"""`make lint` refuses scripts and stylesheets that have faults."""

import functools
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = ["Makefile", "requirements.txt", "docs/_static", "src/hookbook/browser"]
pytestmark = pytest.mark.tools


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Make copies of all that `make lint-scripts` looks at."""
    if not (ROOT / "build" / "tools").is_dir():
        pytest.fail("Biome and TypeScript are missing: make lint-scripts installs them")

    def copied():
        house = tmp_path_factory.mktemp("house")
        for name in NEEDED:
            target = house / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, target)
            else:
                shutil.copy2(ROOT / name, target)
        (house / "build").mkdir()
        (house / "build" / "tools").symlink_to(ROOT / "build" / "tools")
        (house / ".venv").symlink_to(ROOT / ".venv")
        return house

    return copied


def lint(house):
    """Return what `make lint-scripts` says, and whether it is content."""
    # What is installed is here; a copy must not install it again.
    made = [
        "-o",
        ".venv/installed",
        "-o",
        "build/tools/node_modules/.package-lock.json",
    ]
    run = subprocess.run(
        ["make", *made, "lint-scripts"],
        cwd=house,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    return run.returncode == 0, run.stdout + run.stderr


def test_the_house_passes(copy):
    house = copy()
    fine, said = lint(house)
    assert fine, said
    # Each script and each stylesheet was looked at.
    files = [
        path
        for path in (house / "docs/_static").rglob("*")
        if path.suffix in {".js", ".css"} and "vendor" not in path.parts
    ]
    assert len(files) >= 30
    (checked,) = (line for line in said.splitlines() if line.startswith("Checked "))
    assert int(checked.split()[1]) >= len(files)


# For each tool, which ends the run: the kind of a fault, the file that has it at its
# end, what is written there, what the tool calls it.
FAULTS = {
    "biome": {
        "a badly formatted stylesheet": (
            "docs/_static/hookbook/tables.css",
            ".hb-x{margin:0}\n",
            "format",
        ),
        "a property that is none": (
            "docs/_static/trace.css",
            "\n.hb-x {\n  colour: red;\n}\n",
            "noUnknownProperty",
        ),
        "a rule that is there already": (
            "docs/_static/quiz.css",
            "\n.hb-x {\n  margin: 0;\n}\n\n.hb-x {\n  padding: 0;\n}\n",
            "noDuplicateSelectors",
        ),
        "a stylesheet too long": (
            "docs/_static/task.css",
            "".join(f"\n.hb-{n} {{\n  margin: 0;\n}}\n" for n in range(100)),
            "noExcessiveLinesPerFile",
        ),
        "a badly formatted script": (
            "docs/_static/drawers.js",
            "addEventListener( 'load', () => { } )\n",
            "format",
        ),
        "a variable that nothing uses": (
            "docs/_static/workbench/link.js",
            '\nconst unused = "";\n',
            "noUnusedVariables",
        ),
        "a text that becomes markup": (
            "docs/_static/workbench/dom.js",
            "\ndocument.body.innerHTML = location.hash;\n",
            "plugin",
        ),
        "a text that is parsed": (
            "docs/_static/trace.js",
            '\nnew DOMParser().parseFromString(location.hash, "text/html");\n',
            "plugin",
        ),
        "a text that becomes a part of the page": (
            "docs/_static/run.js",
            "\ndocument.createRange().createContextualFragment(location.hash);\n",
            "plugin",
        ),
        "a text that becomes a frame's page": (
            "docs/_static/workbench/files.js",
            '\nmake("iframe", { srcdoc: location.hash });\n',
            "plugin",
        ),
        "a text beside an element": (
            "docs/_static/workbench/views.js",
            '\ndocument.body.insertAdjacentHTML("beforeend", location.hash);\n',
            "plugin",
        ),
        "a text that is written": (
            "docs/_static/trusted.js",
            "\ndocument.write(location.hash);\n",
            "plugin",
        ),
        "a text that becomes markup by way of a helper": (
            "docs/_static/workbench/editor.js",
            '\nmake("p", { innerHTML: location.hash });\n',
            "plugin",
        ),
    },
    "pages": {
        "a wrong type": (
            "docs/_static/theme-early.js",
            "document.title = 1;\n",
            "TS2322",
        ),
        "a function without types": (
            "docs/_static/drawers.js",
            "globalThis.twice = (one) => one + one;\n",
            "TS7006",
        ),
        "a wrong argument for another file's function": (
            "docs/_static/workbench/editor.js",
            'make("p", {}, 1);\n',
            "TS2345",
        ),
        "a result of the search without its parts": (
            "docs/_static/search/words.js",
            "globalThis.hookbookIndex = { pages: [], proofs: [], columns: [] };\n",
            "TS2739",
        ),
        "a message without its parts": (
            "docs/_static/workbench/client.js",
            'run({ type: "check" }, () => {});\n',
            "TS2739",
        ),
    },
    "worker": {
        "a wrong type in the worker": (
            "docs/_static/runner/passwords.js",
            'sha256("");\n',
            "TS2345",
        ),
        "a page's object in the worker": (
            "docs/_static/runner/worker.js",
            'document.title = "";\n',
            "TS2584",
        ),
    },
    "node": {
        "a wrong type in what Node.js runs": (
            "src/hookbook/browser/compile.mjs",
            "path.resolve(1);\n",
            "TS2345",
        ),
    },
}


@pytest.fixture(scope="module")
def refusals(copy):
    """Return what is said of a copy with all faults of a tool; each is linted once."""

    @functools.cache
    def refused(tool):
        house = copy()
        for name, text, _ in FAULTS[tool].values():
            with (house / name).open("a", encoding="utf-8") as file:
                file.write(text)
        fine, said = lint(house)
        assert not fine
        return said

    return refused


@pytest.mark.canary
@pytest.mark.parametrize(
    ("tool", "fault"), [(tool, fault) for tool in FAULTS for fault in FAULTS[tool]]
)
def test_a_fault_is_refused(refusals, tool, fault):
    name, _, called = FAULTS[tool][fault]
    assert re.search(
        rf"^{re.escape(name)}\b.*\b{called}\b", refusals(tool), re.MULTILINE
    )
