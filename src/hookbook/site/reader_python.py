"""Add the Python that runs in a reader's browser to the site, if it was built.

``make assets`` builds a folder named for the hash of its content. It goes into the
site beside the worker that loads it, and pages with code tell their scripts where
the worker is. Without the folder the site only lacks the buttons.
"""

import dataclasses
import json
import re
import shutil
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from hookbook.corpus import runs
from hookbook.corpus.snippets import SnippetError

from . import places
from .assets import digest

logger = logging.getLogger(__name__)

WORKER = "_static/runner/worker.js"
_USED_BY = re.compile(r'class="[^"]*\bhb-(snippet|trace|playground|task|challenge)\b')


def find(app: Sphinx, config: Config) -> None:
    """Record the folder's name and size: pages that show them are written again."""
    folder = Path(app.confdir, config.hookbook_runner_assets)
    found = sorted(path.name for path in folder.glob("*") if path.is_dir())
    if len(found) > 1:
        logger.warning("%s: more than one; run 'make assets' again", folder.name)
    config.hookbook_runner = ""
    for name in found[:1]:
        about = folder / name / "about.json"
        try:
            told = json.loads(about.read_text("utf-8"))
            config.hookbook_runner_megabytes = told["megabytes"]
            config.hookbook_runner_extensions = [
                entry["title"]
                for entry in told["extensions"].values()
                if entry["title"].startswith("Flask-")
            ]
        except (OSError, ValueError, KeyError, AttributeError):
            logger.warning(
                "made by another version of Hookbook; run 'make assets' again",
                location=f"{about}:1",
            )
        else:
            config.hookbook_runner = name


def say(app: Sphinx) -> None:
    """Log if readers will not be able to run code."""
    if app.builder.name == "html" and not app.config.hookbook_runner:
        logger.info(
            "no code can be run on the pages, and there is no playground:"
            " 'make assets' was not called"
        )


def address(app: Sphinx) -> str:
    """Return the worker's path below the site's root; empty without assets."""
    name = app.config.hookbook_runner
    folders = (Path(app.confdir, entry) for entry in app.config.html_static_path)
    ours = [folder / "runner" for folder in folders if (folder / "runner").is_dir()]
    if not name or not ours:
        return ""
    return f"{WORKER}?assets={name}&v={digest(*ours)[:8]}"


def point(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the worker's path to the head of pages that can use it."""
    context["hookbook_runner"] = None
    if app.builder.name != "html" or not (worker := address(app)):
        return
    context["hookbook_runner"] = "../" * pagename.count("/") + worker
    if _USED_BY.search(context.get("body", "")):
        content = escape(context["hookbook_runner"])
        context["metatags"] = (
            context.get("metatags", "")
            + f'<meta name="hookbook-runner" content="{content}"'
            f' data-megabytes="{app.config.hookbook_runner_megabytes}"'
            f' data-extensions="{",".join(app.config.hookbook_runner_extensions)}">\n'
        )


def bring(app: Sphinx, exception: Exception | None) -> None:
    """Copy the folder into the site, and write the snippets beside it."""
    target = Path(app.outdir, WORKER).parent
    if exception is not None or app.builder.name != "html" or not target.is_dir():
        return
    name = app.config.hookbook_runner
    for other in target.iterdir():
        if other.is_dir() and other.name != name:
            shutil.rmtree(other)
    if not name:
        return
    if not (target / name).is_dir():
        shutil.copytree(
            Path(app.confdir, app.config.hookbook_runner_assets, name), target / name
        )
    catalogue = json.dumps(snippets(app), sort_keys=True, ensure_ascii=False)
    target.joinpath("corpus.json").write_text(catalogue, encoding="utf-8")


def snippets(app: Sphinx) -> dict[str, Any]:
    """Return all snippets, in the form in which a page lets readers run them."""
    root = places.snippets(app.env)
    found: dict[str, Any] = {}
    for name in runs.names(root):
        try:
            snippet, run = runs.run(root, name, app.config.hookbook_timeout)
        except SnippetError:
            # The page that shows it has already reported it.
            continue
        found[name] = {
            "title": snippet.title,
            "source": snippet.path.read_text(encoding="utf-8"),
            "first": min(snippet.lines),
            "code": "\n".join(snippet.lines[n] for n in sorted(snippet.lines)) + "\n",
            "blocks": [dataclasses.asdict(block) for block in run.blocks],
        }
    return found


def setup(app: Sphinx) -> None:
    """Register the settings and the handlers."""
    app.add_config_value("hookbook_runner_assets", "build/assets", "", str)
    app.add_config_value("hookbook_runner", "", "html", str)
    app.add_config_value("hookbook_runner_megabytes", 0, "html", int)
    app.add_config_value("hookbook_runner_extensions", [], "html", list)
    app.connect("config-inited", find)
    app.connect("builder-inited", say)
    # After the theme has rewritten the body, before scripts are chosen.
    app.connect("html-page-context", point, priority=500)
    app.connect("build-finished", bring)
