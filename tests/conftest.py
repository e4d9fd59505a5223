"""The plugins of every run, and the site that tests share."""

import asyncio
from importlib.metadata import version
from tempfile import TemporaryDirectory

import pytest
from flask import Flask

from hookbook.corpus.library_state import is_adapted
from hookbook.corpus.scenarios import Scenarios
from tests.builds import BUILT, Builds
from tests.census import PAGES, Census
from tests.proving import Proving
from tests.workers import Workers


def pytest_configure(config):
    # A conftest's hooks don't reach snippets/, its neighbour; a plugin's do.
    proving = Proving(config.rootpath / "tests" / "behaviour")
    config.pluginmanager.register(proving, "hookbook-proving")
    workers = Workers(config)
    config.pluginmanager.register(workers, "hookbook-workers")
    census = Census(config.rootpath, proving, workers)
    config.pluginmanager.register(census, "hookbook-census")
    scenarios = Scenarios(config.rootpath / "snippets")
    config.pluginmanager.register(scenarios, "hookbook-scenarios")
    if workers.is_worker:
        builds = Builds(workers.given["builds"])
    else:
        folder = TemporaryDirectory()
        builds = Builds(folder.name)
        config.add_cleanup(folder.cleanup)
        config.add_cleanup(builds.stop)
        workers.told = {"builds": folder.name, "part": census.is_part(config)}
    config.pluginmanager.register(builds, "hookbook-builds")
    if version("asgiref").startswith("3.2."):
        # It asks for the thread's loop, which makes one, that nobody closes.
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        config.add_cleanup(loop.close)


@pytest.fixture(autouse=True)
def unwrapped():
    """Undo what Flask 3.2 does to its class when a test overrides methods as before.

    It wraps its own, for good: they take the context then, and do without it.
    """
    before = dict(vars(Flask))
    yield
    for name, method in vars(Flask).copy().items():
        if method is not before.get(name) and is_adapted(before.get(name), method):
            setattr(Flask, name, before[name])


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
