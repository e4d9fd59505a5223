"""``{extension-example}``: an example that needs a real extension.

The build has no extensions, so it can't run the example: a test in the extensions'
environment does, and the page names that test.
"""

from pathlib import PurePosixPath
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from hookbook.corpus import proofs
from hookbook.corpus.snippets import Snippet, parse
from hookbook.explain.boxes import box
from hookbook.explain.parts import scenario
from hookbook.trace.steps import Run

from .. import places
from . import locked
from .base import PageError, SnippetDirective
from .proof import claim_mark
from .snippet import caption_of, code_of

FOLDER = "extensions/examples"
"""The folder below the behaviour tests."""


class ExtensionExample(SnippetDirective):
    """Show an example, its scenario and the output that its test checks.

    ``:proof:`` names the test that runs it; ``:emphasize:`` highlights parts.
    """

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {
        "proof": directives.unchanged_required,
        "emphasize": directives.unchanged_required,
    }

    def build(self) -> list[nodes.Node]:
        """Return one figure."""
        example, proof = self.example(), self.proof()
        blocks = example.scenario({})
        figure = box("figure", classes=["hb-snippet"])
        figure += self.caption(example, proof)
        figure += code_of(example, lit=self.words("emphasize"))
        figure += scenario(Run(blocks, [block.want for block in blocks], []))
        self.set_source_info(figure)
        return [figure]

    def example(self) -> Snippet:
        """Return the example from its current file.

        :raises PageError: if there is no such file.
        """
        name = self.arguments[0]
        path = places.behaviour(self.env) / FOLDER / f"{name}.py"
        self.env.note_dependency(path)
        if not path.is_file():
            where = path.parent.relative_to(places.root(self.env)).as_posix()
            raise PageError(
                f"there is no {path.name} in {where}/: write the name of a file there,"
                " without '.py'"
            )
        return parse(path.read_text(encoding="utf-8"), name, path)

    def proof(self) -> proofs.Proof:
        """Return the test that runs the example.

        :raises PageError: if no test is named, or it does not run this example.
        """
        name, root = self.arguments[0], places.behaviour(self.env)
        if "proof" not in self.options:
            raise PageError(
                "an example needs ':proof:', the name of the test that runs it"
            )
        try:
            proof = proofs.find(root, self.options["proof"])
        except proofs.ProofError as error:
            raise PageError(f":proof: {error}") from None
        self.env.note_dependency(root / proof.path)
        if not proof.with_extensions or f'"{name}"' not in proof.source:
            raise PageError(
                f":proof: {proof.name} doesn't run this example:"
                f' use "{name}" in it, or name another test'
            )
        return proof

    def caption(self, example: Snippet, proof: proofs.Proof) -> box:
        """Return the line that names an example, with its mark, Flask and its file."""
        title, _ = self.parse_inline(example.title)
        mark = claim_mark("", proof=proof.name, claim=proof.claim)
        flask = f"Flask {locked.version(self.env, 'flask')}"
        versions = nodes.inline("", flask, classes=["hb-versions"])
        path = example.path.relative_to(places.root(self.env))
        return caption_of(self, [*title, mark], versions, PurePosixPath(path))


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("extension-example", ExtensionExample)
