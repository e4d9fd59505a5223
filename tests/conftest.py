"""What a run covered, and the refusal of a run that covered too little."""

import gc
import linecache
import os
import platform
import subprocess
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from _pytest.doctest import DoctestModule
from _pytest.junitxml import xml_key

# What a run prints, and the folder whose tests it counts.
KINDS = {
    "scenarios": "snippets",
    "behaviour tests": "tests/behaviour",
    "trace tests": "tests/trace",
    "explain tests": "tests/explain",
    "corpus tests": "tests/corpus",
    "site tests": "tests/site",
    "browser tests": "tests/browser",
    "regress tests": "tests/regress",
    "mutants tests": "tests/mutants",
    "house tests": "tests/house",
}
PAGES = pytest.StashKey[int]()
# Each fixture's build of the site: its folder, and the order of its sets.
BUILDS = {"site": ("site", "random"), "site_again": ("elsewhere/deep", "7")}
BUILT = pytest.StashKey[dict]()


def pytest_configure(config):
    # A conftest's hooks don't reach snippets/, its neighbour; a plugin's do.
    config.pluginmanager.register(Census(config.rootpath), "hookbook-census")


class Census:
    """Count what ran, and compare what was collected with what is on disk."""

    def __init__(self, root):
        self.root = root
        self.ran = Counter()

    def pytest_sessionstart(self, session):
        """Say in the JUnit file, if one is asked for, what its results are of."""
        junit = session.config.stash.get(xml_key, None)
        if junit is None:
            return
        from hookbook.corpus import evidence

        for name, value in {
            "flask": version("flask"),
            "werkzeug": version("werkzeug"),
            "python": platform.python_version(),
            "platform": platform.platform(),
            "sources": evidence.sources(self.root),
        }.items():
            junit.add_global_property(name, value)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session):
        """Start what the tests will want of the site; it is built while others run."""
        wanted = {name for item in session.items for name in item.fixturenames}
        if session.config.option.collectonly:
            wanted = set()
        with TemporaryDirectory() as root:
            builds = {
                name: Building(Path(root, folder), PYTHONHASHSEED=seed)
                for name, (folder, seed) in BUILDS.items()
                if name in wanted
            }
            session.config.stash[BUILT] = builds
            try:
                return (yield)
            finally:
                for build in builds.values():
                    build.stop()

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(self, file_path):
        collectors = yield
        if file_path.is_relative_to(self.root / "snippets"):
            # Scenarios are pytest-sphinx's; pytest's own collector of doctests
            # would search each module once more and find nothing.
            return [c for c in collectors if not isinstance(c, DoctestModule)]
        return [c for c in collectors if type(c) is pytest.Module]

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(self, session, items):
        collected = {kind: set() for kind in KINDS}
        for item in items:
            collected[self.kind(item.nodeid)].add(item.path)
        # Only now may other plugins deselect.
        result = yield
        config = session.config
        if session.testsfailed or config.getoption("lf", False):
            return result
        asked = [self.root / argument.partition("::")[0] for argument in config.args]
        for kind, folder in KINDS.items():
            whole = self.root / folder
            if not any(whole.is_relative_to(path) for path in asked):
                continue
            if not collected[kind] and kind != "browser tests":
                raise pytest.UsageError(
                    f"No {kind} in {folder}/: a run must cover some."
                )
            if kind == "scenarios":
                self.refuse_missing(whole, collected[kind])
        return result

    def pytest_collection_finish(self):
        # Finding the scenarios has put every module's lines into this cache, and
        # each scenario's debugger checks every entry of it against the disk.
        linecache.clearcache()
        # The imported snippets stay to the end; the collector need not look again.
        gc.freeze()

    def refuse_missing(self, folder, collected):
        on_disk = set(folder.rglob("*.py")) - set(folder.rglob("__init__.py"))
        if missing := sorted(on_disk - collected):
            names = "\n".join(f"  {path.relative_to(self.root)}" for path in missing)
            raise pytest.UsageError(
                f"These snippets have no scenario that was collected:\n{names}\n"
                "Give each a testcode and a testoutput in its module docstring."
            )

    def kind(self, nodeid):
        for kind, folder in KINDS.items():
            if nodeid.startswith(f"{folder}/"):
                return kind
        raise pytest.UsageError(
            f"{nodeid} is in none of the folders {', '.join(KINDS.values())}."
        )

    def pytest_runtest_logreport(self, report):
        if report.when == "call":
            self.ran[self.kind(report.nodeid)] += 1
            self.ran["canaries"] += "canary" in report.keywords

    def pytest_terminal_summary(self, terminalreporter, config):
        self.ran["pages"] = config.stash.get(PAGES, 0)
        shown = [*KINDS, "pages", "canaries"]
        terminalreporter.write_sep("-", "covered")
        for name in shown:
            if self.ran[name]:
                terminalreporter.write_line(f"{self.ran[name]:5} {name}")


class Building:
    """A build of the whole site into *folder*/html, as ``make html-strict`` does it."""

    def __init__(self, folder, **environment):
        root = Path(__file__).parents[1]
        command = [sys.executable, "-m", "sphinx", "-c", ".", "-d", folder / "doctrees"]
        command += ["--fresh-env", "--nitpicky", "--fail-on-warning", "--keep-going"]
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "said").open("w") as said:
            self.process = subprocess.Popen(
                [*command, "docs", folder / "html"],
                cwd=root,
                env={**os.environ, "SOURCE_DATE_EPOCH": "1767225600", **environment},
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def html(self):
        """Wait for the build and return the folder of its HTML."""
        status = self.process.wait()
        assert status == 0, (self.folder / "said").read_text()
        return self.folder / "html"

    def stop(self):
        """End the build if nobody has waited for it."""
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="session")
def site(pytestconfig):
    """Return the folder of the site's HTML, built once a run."""
    html = pytestconfig.stash[BUILT]["site"].html()
    docs = pytestconfig.rootpath / "docs"
    pages = [path.relative_to(docs) for path in docs.rglob("*.md")]
    pages = [page for page in pages if not any(p[0] == "_" for p in page.parts)]
    pytestconfig.stash[PAGES] = len(pages)
    return html


@pytest.fixture(scope="session")
def site_again(pytestconfig):
    """Return the site built once more: another folder, another order of sets."""
    return pytestconfig.stash[BUILT]["site_again"].html()
