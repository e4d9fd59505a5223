"""Copies of the house to measure: as it is, plain, and filled with made-up pages."""

import re
import shutil
import sys
from pathlib import Path

from tests import PLUGINS

ROOT = Path(__file__).parents[2]
SECTION = 20

FENCE = re.compile(r"(?P<mark>`{3,}|:{3,})\{(?P<name>[\w:-]+)\} ?(?P<argument>.*)")
OURS = {
    *("snippet", "trace", "transcript", "quiz", "proofs", "evidence"),
    *("cards", "task", "challenge", "figures", "measured-on", "playground"),
    *("paste-error", "command", "exchange", "picture", "extension-example"),
}
OUR_ROLES = re.compile(
    r"\{(proof|produced|minutes|measured|holds|repository)\}(`+[^`]+`+)"
)

PLAIN_CONF = """\
project = "Hookbook"
extensions = [
    "myst_parser",
    "sphinx.ext.intersphinx",
    "sphinx_copybutton",
    "sphinxext.opengraph",
    "notfound.extension",
]
# Without assets, ours has no playground.
exclude_patterns = ["_*", "playground.md"]
highlight_language = "text"
html_theme = "furo"
html_copy_source = False
html_use_index = False
html_domain_indices = False
myst_enable_extensions = ["colon_fence", "deflist", "attrs_block", "attrs_inline"]
myst_heading_anchors = 3
ogp_social_cards = {"enable": False}
"""

SNIPPET = '''\
"""Stamp header number {number} on every response.

.. testcode::

   response = app.test_client().get("/")
   print(response.status)
   print(response.headers["X-Hello-{number}"])
   print(response.text)

.. testoutput::

   200 OK
   World {number}
   Hello!
"""

from flask import Flask

app = Flask(__name__)


@app.after_request
def add_header(response):
    response.headers["X-Hello-{number}"] = "World {number}"
    return response


@app.get("/")
def index():
    return "Hello!"
'''

PARAGRAPH = """\
A hook receives the response that the view made, and returns the response that
the next one receives. What it returns is what the visitor gets: its status, its
headers, its body. Page {number} shows this with a header of its own.
"""


def page(number):
    """Return a page about as long as a real one that shows one snippet."""
    parts = "\n".join(
        f"## Part {part}\n\n{PARAGRAPH.format(number=number)}" for part in range(1, 5)
    )
    return (
        f"---\ndescription: Header number {number}, stamped on every response.\n---\n\n"
        f"# Header number {number}\n\n{PARAGRAPH.format(number=number)}\n"
        f"```{{snippet}} {topic(number)}/header_{number}\n```\n\n{parts}"
    )


def topic(number):
    """Return the folder of a made-up snippet."""
    return f"section_{number // SECTION:03}"


def section(number):
    """Return the folder of a made-up page: its name is part of an address."""
    return topic(number).replace("_", "-")


def copy_house(house):
    """Copy what a build of this house needs, without tests of the site."""
    ignore = shutil.ignore_patterns("__pycache__")
    for name in "docs", "snippets", "src/hookbook", "tests/behaviour", "tests/bench":
        shutil.copytree(ROOT / name, house / name, ignore=ignore)
    plugins = (f"tests/{plugin}.py" for plugin in PLUGINS)
    # Pages name targets of make and releases of extensions.
    named = "Makefile", "tests/extensions/requirements.txt"
    for name in "conf.py", "tox.ini", *named, *plugins:
        (house / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, house / name)
    return house


def fill(house, count):
    """Replace the copy's pages and snippets by `count` made-up ones."""
    for path in (house / "docs").iterdir():
        if path.is_dir() and not path.name.startswith("_"):
            shutil.rmtree(path)
        elif path.suffix == ".md":
            path.unlink()
    # The made-up pages claim nothing, and nobody has to read or find them.
    conf = (house / "conf.py").read_text("utf-8")
    write(house / "conf.py", f'{conf}\nhookbook_claims = ""\nhookbook_style = ""\n')
    for name in "synonyms.toml", "asked.toml":
        write(house / "docs" / "_data" / name, "")
    for name in "snippets", "tests/behaviour":
        shutil.rmtree(house / name)
        (house / name).mkdir()
    write(house / "snippets" / "__init__.py", "")
    sections = sorted({section(number) for number in range(count)})
    for folder in sections:
        write(house / "snippets" / folder.replace("-", "_") / "__init__.py", "")
        names = [f"page-{n}" for n in range(count) if section(n) == folder]
        write(house / "docs" / folder / "index.md", contents(folder, names))
    for number in range(count):
        write(house / "docs" / section(number) / f"page-{number}.md", page(number))
        snippet = house / "snippets" / topic(number) / f"header_{number}.py"
        write(snippet, SNIPPET.format(number=number))
    names = [f"{folder}/index" for folder in sections]
    write(house / "docs" / "index.md", contents("Home", names))
    return house


def contents(title, names):
    """Return a page that lists others."""
    listed = "\n".join(names)
    return (
        f"---\ndescription: All pages of {title}.\n---\n\n"
        f"# {title}\n\n```{{toctree}}\n\n{listed}\n```\n"
    )


def make_plain(house):
    """Turn a copy into plain Sphinx: the same pages, a literalinclude a directive."""
    conf = PLAIN_CONF + f"intersphinx_mapping = {compile_inventories(house)!r}\n"
    (house / "conf.py").write_text(conf)
    for path in (house / "docs").rglob("*.md"):
        path.write_text(plain_page(path.read_text(encoding="utf-8")), encoding="utf-8")
    return house


def compile_inventories(house):
    """Compile the lists of names once, as a plain project would keep them."""
    sys.path.insert(0, str(ROOT / "src"))
    from hookbook.site.inventories import read_all

    mapping = {}
    for key, names in read_all(house / "docs" / "_data" / "inventories").items():
        compiled = house / f"{key}.inv"
        compiled.write_bytes(names.compile())
        mapping[key] = (names.url, str(compiled))
    return mapping


def plain_page(text):
    """Replace a directive of ours with a literalinclude of the same snippet."""
    lines = iter(text.splitlines())
    result = []
    for line in lines:
        fence = FENCE.fullmatch(line.strip())
        if fence is None or fence["name"] not in OURS:
            result.append(OUR_ROLES.sub(r"\2", line))
            continue
        body = []
        for inner in lines:
            if inner.strip() == fence["mark"]:
                break
            body.append(inner)
        found = re.search(r"^[-\s]*snippet: *(\S+)", "\n".join(body), re.MULTILINE)
        name = fence["argument"] or (found and found[1])
        if fence["name"] == "proofs":
            result += [f"```{{literalinclude}} /../tests/behaviour/{name}", "```"]
        elif fence["name"] == "extension-example":
            path = f"/../tests/behaviour/extensions/examples/{name}.py"
            result += [f"```{{literalinclude}} {path}", "```"]
        elif name and fence["name"] != "figures":
            result += [f"```{{literalinclude}} /../snippets/{name}.py", "```"]
    return "\n".join(result) + "\n"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
