"""``{playground}``: an editor for the reader's own app.

The argument is the snippet to start with. The page has that snippet and says how to
run it elsewhere; scripts replace it with the editor, where they can
(``docs/_static/workbench/playground.js``).
"""

from docutils import nodes
from sphinx.application import Sphinx

from hookbook.explain.boxes import box
from hookbook.explain.parts import code_block, scenario

from .base import SnippetDirective
from .snippet import caption, code_of

NEEDS = (
    "The playground needs JavaScript, a browser with WebAssembly, and a page that came"
    " over HTTP, not from a file; {} in the folder of the site is enough. Without them,"
    " this app runs on your machine: download it by its name."
)
MISSING = (
    "This build of the site has no Python for the browser, so there is no playground"
    " here. {} in Hookbook's source folder adds it to the next build. Until"
    " then, this app runs on your machine: download it by its name."
)


class runner_notice(nodes.General, nodes.Element):
    """The place for the reason why there is no playground, until that is known."""


class Playground(SnippetDirective):
    """Show a snippet and how to run it, and mark the place for the playground."""

    required_arguments = 1
    has_content = False

    def build(self) -> list[nodes.Node]:
        """Return the place, with everything it shows without scripts."""
        name = self.arguments[0]
        snippet, run = self.load(name)
        module = name.rpartition("/")[2]
        place = box("div", classes=["hb-playground"])
        place += runner_notice()
        place += box(
            "figure", caption(self, snippet, run), code_of(snippet), scenario(run),
            classes=["hb-snippet"],
        )  # fmt: skip
        commands = f'$ pip install "Flask[async]"\n$ flask --app {module} run'
        place += code_block(commands, "console")
        self.set_source_info(place)
        return [place]


def resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Say what the playground needs: a better browser, or a build that has it."""
    for notice in list(doctree.findall(runner_notice)):
        text, command = MISSING, "make assets"
        if app.builder.name != "html" or app.config.hookbook_runner:
            text, command = NEEDS, "python -m http.server"
        before, after = text.split("{}")
        paragraph = nodes.paragraph(classes=["hb-needs"])
        paragraph += [nodes.Text(before), nodes.literal("", command), nodes.Text(after)]
        notice.replace_self(paragraph)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_node(runner_notice)
    app.add_directive("playground", Playground)
    app.connect("doctree-resolved", resolve)
