"""The plugins of every run, and the site that tests share."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hookbook.corpus.scenarios import Scenarios
from tests.census import PAGES, Census
from tests.proving import Proving


def pytest_configure(config):
    # A conftest's hooks don't reach snippets/, its neighbour; a plugin's do.
    proving = Proving(config.rootpath / "tests" / "behaviour")
    config.pluginmanager.register(proving, "hookbook-proving")
    census = Census(config.rootpath, proving)
    config.pluginmanager.register(census, "hookbook-census")
    scenarios = Scenarios(config.rootpath / "snippets")
    config.pluginmanager.register(scenarios, "hookbook-scenarios")


def build_site(folder, *options, **environment):
    """Build the whole site into *folder*/html as ``make html-strict`` does."""
    root = Path(__file__).parents[1]
    command = [sys.executable, "-m", "sphinx", "-c", ".", "-d", folder / "doctrees"]
    command += ["--fresh-env", "--nitpicky", "--fail-on-warning", "--keep-going"]
    run = subprocess.run(
        [*command, *options, "docs", folder / "html"],
        cwd=root,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1767225600", **environment},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return folder / "html"


@pytest.fixture(scope="session")
def site(tmp_path_factory, pytestconfig):
    """Return the folder of the site's HTML, built once a run."""
    html = build_site(tmp_path_factory.mktemp("site"))
    docs = pytestconfig.rootpath / "docs"
    pages = [path.relative_to(docs) for path in docs.rglob("*.md")]
    pages = [page for page in pages if not any(p[0] == "_" for p in page.parts)]
    pytestconfig.stash[PAGES] = len(pages)
    return html
