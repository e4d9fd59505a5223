"""The Flask versions that the corpus ran on, as pages show them.

The mark of a snippet in its caption, and ``{evidence}``, the table of all runs. Both
are filled in when a page is written, so that new results need no new reading.
"""

from importlib.metadata import version

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from hookbook.corpus import evidence, proofs
from hookbook.corpus.evidence import PASSED, Evidence
from hookbook.explain.parts import Cell, output_label, table

from . import places
from .directives.snippet import versions_mark


class runs_table(nodes.General, nodes.Element):
    """The place for the table of all runs."""


class EvidenceDirective(SphinxDirective):
    """Show on which versions the corpus was run for this build."""

    def run(self) -> list[nodes.Node]:
        """Leave a placeholder; the results are known when pages are written."""
        return [runs_table()]


def results(env: BuildEnvironment) -> list[Evidence]:
    """Return the evidence that counts for this build."""
    return getattr(env, "hookbook_evidence", [])


def released(env: BuildEnvironment) -> list[Evidence]:
    """Return the evidence for released versions."""
    return [run for run in results(env) if run.released]


def with_extensions(env: BuildEnvironment) -> list[Evidence]:
    """Return the evidence from the environment of the extensions."""
    return getattr(env, "hookbook_extensions_evidence", [])


def proving(env: BuildEnvironment, proof: str) -> list[Evidence]:
    """Return the evidence that may include `proof`: one environment has extensions.

    :raises ProofError: if there is no such test, or more than one.
    """
    if proofs.find(places.behaviour(env), proof).with_extensions:
        return with_extensions(env)
    return released(env)


def resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill in the marks and the tables of a page."""
    runs = released(app.env)
    for mark in list(doctree.findall(versions_mark)):
        text = mark_text(mark["snippet"], mark["steps"], runs)
        mark.replace_self(nodes.inline("", text, classes=["hb-versions"]))
    for above in list(doctree.findall(output_label)):
        text = label_text(above["snippet"], above["claimed"], above["output"], runs)
        above.replace_self(nodes.paragraph("", text, classes=above["classes"]))
    for place in list(doctree.findall(runs_table)):
        place.replace_self(_table(results(app.env)))


def label_text(snippet: str, claimed: str, output: str, runs: list[Evidence]) -> str:
    """Return which versions print `output`: as run, or as the snippet claims."""
    printed = {
        run.flask
        for run in runs
        if run.outputs.get(snippet, "").strip() == output.strip()
    }
    if not printed:
        if claimed.startswith("Flask "):
            return f"Output on {claimed}"
        return f"Output {claimed[0].lower()}{claimed[1:]}"
    everywhere = [run.flask for run in runs]
    return f"Output on Flask {evidence.listing(printed, everywhere)}"


def mark_text(snippet: str, steps: str, runs: list[Evidence]) -> str:
    """Return on which versions a snippet passes, and where its steps differ.

    `steps` is the fingerprint of the steps that the page shows.
    """
    if not runs:
        return f"Flask {version('flask')}"
    module = f"snippets.{snippet.replace('/', '.')}"
    told = evidence.verdicts(runs, module)
    held = [flask for flask, verdict in told.items() if verdict == PASSED]
    text = f"Flask {evidence.listing(held, told)}" if held else "No Flask"
    if failed := told.keys() - held:
        text += f", not {evidence.listing(failed, told)}"
    differ = {run.flask for run in runs if run.steps.get(snippet, steps) != steps}
    if differ:
        text += f"; steps differ on Flask {evidence.listing(differ, told)}"
    return text


def _table(runs: list[Evidence]) -> nodes.Element:
    if not runs:
        return nodes.paragraph(
            "",
            "This build has no results of make matrix for these sources; the"
            f" examples on the pages were run on Flask {version('flask')} while"
            " building.",
        )
    head = [_cell(t) for t in ("Flask", "Werkzeug", "Python", "Scenarios", "Tests")]
    rows = [
        [
            *map(_cell, (run.flask, run.werkzeug, run.python)),
            _cell(f"{run.held(scenarios=True)} passed"),
            _cell(f"{run.held(scenarios=False)} passed"),
        ]
        for run in runs
    ]
    found = table("", head, rows, ["hb-runs"], [[] for _ in rows])
    # Furo has already wrapped the earlier tables, so that they scroll on a phone.
    return nodes.container("", found, classes=["table-wrapper"])


def _cell(text: str) -> Cell:
    return [nodes.paragraph("", text)]


def setup(app: Sphinx) -> None:
    """Register the directive, and the handler that fills in the placeholders."""
    app.add_directive("evidence", EvidenceDirective)
    app.connect("doctree-resolved", resolve)
