"""Give pages the script that offers to run their code.

It is small, and loads the rest when a reader asks for it: the files of
``_static/workbench``. Their digest is in the script's element, so that a browser
never mixes files of two versions of the site. The playground needs them at once, so
its page names them in its head.
"""

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from .assets import digest

SCRIPT = "run.js"
FOLDER = "workbench"
FIRST = "playground.js"
# How a module names what it loads when it is loaded: the others are in functions.
_LOADS = re.compile(r"\[(?P<list>[^\]]*)\]\.map\(part\)")
_AWAITS = re.compile(r"^  await import\(`\./(?P<name>[\w.]+)\$", re.MULTILINE)


def register(app: Sphinx) -> None:
    """Add the script, with the digest of what it loads."""
    version: dict[str, Any] = {"data-version": _version(app)}
    app.add_js_file(SCRIPT, loading_method="defer", **version)


def folders(app: Sphinx) -> list[Path]:
    """Return the folders of the modules."""
    entries = (Path(app.confdir, entry) for entry in app.config.html_static_path)
    return [entry / FOLDER for entry in entries if (entry / FOLDER).is_dir()]


def _version(app: Sphinx) -> str:
    return digest(*folders(app))[:8]


def loaded_first(folder: Path) -> list[str]:
    """Return the modules that the playground loads before it shows anything."""
    found = [FIRST]
    for name in found:
        script = (folder / name).read_text(encoding="utf-8")
        lists = " ".join(match["list"] for match in _LOADS.finditer(script))
        names = re.findall(r'"([\w.]+\.js)"', lists)
        names += [match["name"] for match in _AWAITS.finditer(script)]
        found += [each for each in dict.fromkeys(names) if each not in found]
    return found


def preload(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Let a browser fetch the playground's modules side by side, not one by one."""
    if not context.get("hookbook_runner"):
        return
    if 'class="hb-playground' not in context.get("body", ""):
        return
    query, up = f"?v={_version(app)}", "../" * pagename.count("/")
    names = [name for folder in folders(app) for name in loaded_first(folder)]
    links = (
        f'<link rel="modulepreload" href="{up}_static/{FOLDER}/{name}{query}">\n'
        for name in names
    )
    context["metatags"] = context.get("metatags", "") + "".join(links)


def setup(app: Sphinx) -> None:
    """Register the handlers."""
    app.connect("builder-inited", register)
    # After reader_python has said whether there is a Python to run.
    app.connect("html-page-context", preload, priority=510)
