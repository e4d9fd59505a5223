"""The Proofs pages: each behaviour test, its results, and the sentences it proves.

One page for each test file. They are written below ``docs/proofs/`` before Sphinx
looks for pages, so that search, links and incremental builds treat them like other
pages. They are generated from the tests and not committed. The search has only their
titles: with every line of every test, its index would be larger than a page may be.
"""

import ast
import dataclasses
import functools
import json
import os
import re
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from hookbook.corpus import evidence, proofs, unproven
from hookbook.explain.boxes import box
from hookbook.explain.parts import code_block

from . import places
from .directives.proof import claim_mark
from .usage import Claim, all_usage
from .versions import proving, released, results, with_extensions

logger = logging.getLogger(__name__)

_FOLDER = "proofs"
_FIRST_IMPORT = re.compile(r"^(?:import|from) ", re.MULTILINE)


class backlinks(nodes.General, nodes.Element):
    """The place for the list of sentences that ``proof`` proves."""


class verdicts(nodes.General, nodes.Element):
    """The place for the results of ``proof``."""


def behaviour_root(app: Sphinx) -> Path:
    """Return the folder of the behaviour tests."""
    return Path(app.confdir, app.config.hookbook_behaviour)


def is_made(docname: str) -> bool:
    """Return whether a page is one of these generated ones."""
    return docname.startswith(f"{_FOLDER}/")


def docname_of(proof: proofs.Proof) -> str:
    """Return the page of a proof."""
    return _docname(proof.path)


def _docname(path: str) -> str:
    name = path.removesuffix(".py").replace("/test_", "/").replace("_", "-")
    return f"{_FOLDER}/{name}"


def docnames(root: Path) -> list[str]:
    """Return the pages of the test files below `root`, the index first."""
    made = (_docname(path.relative_to(root).as_posix()) for path in proofs.files(root))
    return [f"{_FOLDER}/index", *made]


def write_pages(app: Sphinx) -> None:
    """Write a page for each test file, and remove those of deleted files."""
    proofs.forget()
    root = behaviour_root(app)
    folder = Path(app.srcdir, _FOLDER)
    expected: dict[Path, str] = {}
    for path in proofs.files(root):
        name = path.relative_to(root).as_posix()
        page = Path(app.srcdir, f"{_docname(name)}.md")
        expected[page] = _page(path, name)
    if not expected:
        return
    expected[folder / "index.md"] = _index(list(expected), folder)
    for page in folder.rglob("*.md"):
        if page not in expected:
            page.unlink(missing_ok=True)
    for page, text in expected.items():
        page.parent.mkdir(parents=True, exist_ok=True)
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            # Atomically: another build of these sources may be reading it.
            new = page.with_name(f"{page.name}.{os.getpid()}")
            new.write_text(text, encoding="utf-8")
            new.replace(page)


def _page(path: Path, name: str) -> str:
    docstring = _docstring(path.read_text(encoding="utf-8"))
    title = docstring.split("\n", 1)[0].rstrip(".")
    if not title:
        logger.warning(
            "no docstring: its first line is the title of the page of these proofs",
            location=f"{path}:1", type="hookbook", subtype="proof",
        )  # fmt: skip
        title = name
    # A string of JSON is one of YAML as well, whatever the title quotes.
    description = json.dumps(f"The tests that prove what Hookbook says. {title}.")
    return (
        f"---\ndescription: {description}\nnosearch: true\n---\n\n# {title}\n\n"
        f"For readers who want to see why a sentence is true:"
        f" each test, and the sentences it proves.\n\n```{{proofs}} {name}\n```\n"
    )


def _docstring(text: str) -> str:
    """Return a module's docstring, reading only up to the first import if possible."""
    beginning = _FIRST_IMPORT.split(text, 1)[0]
    try:
        tree = ast.parse(beginning)
    except SyntaxError:
        tree = ast.parse(text)
    return ast.get_docstring(tree) or ""


def _index(pages: list[Path], folder: Path) -> str:
    names = [page.relative_to(folder).with_suffix("").as_posix() for page in pages]
    listed = "\n".join(names)
    return (
        '---\ndescription: "Every test that proves a sentence of Hookbook, with its'
        ' source and its results on each version of Flask."\n---\n\n# Proofs\n\n'
        "Each small number on a page leads to one of these tests.\n\n"
        f"```{{evidence}}\n```\n\n## By topic\n\n```{{toctree}}\n{listed}\n```\n"
    )


class ProofsDirective(SphinxDirective):
    """Show the tests of one file."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return a part for each test, with places to fill in later."""
        root = places.behaviour(self.env)
        path = root / self.arguments[0]
        self.env.note_dependency(path)
        return [_part(proof) for proof in proofs.tests(root, path)]


def _part(proof: proofs.Proof) -> box:
    name = nodes.paragraph("", "", nodes.literal("", proof.name), classes=["hb-label"])
    return box(
        "section",
        box("h2", nodes.Text(proof.claim)),
        name,
        code_block(proof.source, "python", "hb-code"),
        verdicts("", proof=proof.name, extended=proof.with_extensions),
        backlinks("", proof=proof.name),
        ids=[proof.name],
        classes=["hb-proof-part"],
    )


def resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill in data of other pages and runs: marks, results, sentences."""
    root = behaviour_root(app)
    found = results(app.env)
    for mark in list(doctree.findall(claim_mark)):
        proof = proofs.find(root, mark["proof"])
        uri = (
            app.builder.get_relative_uri(docname, docname_of(proof))
            if app.builder.format == "html"
            else ""
        )
        mark["refuri"] = f"{uri}#{proof.name}"
        runs = proving(app.env, proof.name)
        told = evidence.verdicts(runs, proof.name)
        versions = [run.flask for run in runs]
        holds = [flask for flask, told in told.items() if told == evidence.PASSED]
        where = (
            f" Passes on Flask {evidence.listing(holds, versions)}." if holds else ""
        )
        mark["tip"] = f"{proof.claim}{where}"
    for result in list(doctree.findall(verdicts)):
        runs = with_extensions(app.env) if result["extended"] else found
        result.replace_self(_verdicts(result["proof"], runs))
    if places_of_proofs := list(doctree.findall(backlinks)):
        said = _said(app.env)
        for place in places_of_proofs:
            claims = said.get(place["proof"], [])
            place.replace_self(_backlinks(app, docname, claims))


@functools.lru_cache(maxsize=1)
def _said(env: BuildEnvironment) -> dict[str, list[tuple[str, Claim]]]:
    """Return the claims, with their pages, by the name of their proof.

    Called after all pages are read: then nothing changes any more.
    """
    said: dict[str, list[tuple[str, Claim]]] = {}
    for docname, use in sorted(all_usage(env).items()):
        for claim in use.claims:
            said.setdefault(claim.proof, []).append((docname, claim))
    return said


def _backlinks(
    app: Sphinx, page: str, said: list[tuple[str, Claim]]
) -> list[nodes.Node]:
    items = []
    for docname, claim in said:
        uri = app.builder.get_relative_uri(page, docname)
        items.append(_backlink(uri, app.env.titles[docname].astext(), claim))
    if not items:
        return []
    label = nodes.paragraph("", "Said on", classes=["hb-label"])
    return [label, nodes.bullet_list("", *items, classes=["hb-said-on"])]


def _backlink(uri: str, title: str, claim: Claim) -> nodes.list_item:
    link = nodes.reference("", title, internal=True, refuri=f"{uri}#{claim.anchor}")
    return nodes.list_item(
        "", nodes.paragraph("", "", link, nodes.Text(f": {claim.sentence}"))
    )


def _verdicts(name: str, found: list[evidence.Evidence]) -> list[nodes.Node]:
    told = evidence.verdicts(found, name).items()
    text = "; ".join(f"Flask {flask}: {verdict}" for flask, verdict in told)
    return [nodes.paragraph("", text, classes=["hb-verdict"])] if text else []


def collect(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read the results before the pages; warn of stale or failed ones."""
    _said.cache_clear()
    root = behaviour_root(app)
    known = getattr(env, "hookbook_unproven", None)
    read = unproven.in_folder(root, known)
    env.hookbook_unproven = read  # type: ignore[attr-defined]  # our own
    sources = evidence.digest(Path(app.confdir, app.config.hookbook_snippets), root)
    folder = Path(app.confdir, app.config.hookbook_results)
    found, stale = evidence.read(folder, sources)
    for path in stale:
        logger.info(
            "hookbook: %s is not used: it is empty, broken or of other sources; run"
            " make matrix again", path,
        )  # fmt: skip
    lock = evidence.extensions_lock(Path(app.confdir))
    corpus, extended = evidence.apart(found, lock)
    env.hookbook_evidence = corpus  # type: ignore[attr-defined]  # our own
    env.hookbook_extensions_evidence = extended  # type: ignore[attr-defined]  # our own


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of a proof or a scenario that failed, or was not run, on a version.

    Not for unreleased versions: they only show what is coming.
    """
    behaviour = behaviour_root(app)
    read: unproven.Known = getattr(env, "hookbook_unproven", {})
    for path, (_, faults) in read.items():
        for fault in faults:
            logger.warning(
                "%s", fault.message, location=f"{path}:{fault.line}",
                type="hookbook", subtype="proof",
            )  # fmt: skip
    snippets = Path(app.confdir, app.config.hookbook_snippets)
    claims: set[str] = set()
    shown: set[str] = set()
    for use in all_usage(env).values():
        claims.update(claim.proof for claim in use.claims)
        shown |= use.snippets
    for name in sorted(claims):
        proof = proofs.find(behaviour, name)
        place = f"{behaviour / proof.path}:{proof.line}"
        _check(proving(env, name), name, f"the proof '{name}'", place)
    for name in sorted(shown):
        module = f"snippets.{name.replace('/', '.')}"
        place = f"{snippets / name}.py:1"
        _check(released(env), module, f"the scenario of '{name}'", place)


def _check(runs: list[evidence.Evidence], name: str, what: str, place: str) -> None:
    for flask, verdict in evidence.verdicts(runs, name).items():
        if verdict != evidence.PASSED:
            logger.warning(
                "%s was %s on Flask %s: correct it, or what the page says",
                what, verdict, flask, type="hookbook", subtype="proof",
                location=place,
            )  # fmt: skip


class _Changed:
    """What pages show of other pages and runs, to rewrite them when it changes."""

    @staticmethod
    def state(env: BuildEnvironment) -> dict[str, Any]:
        """Return, by page, the data it shows from elsewhere."""
        told = [*results(env), *with_extensions(env)]
        runs = [dataclasses.asdict(run) for run in told]
        claims = {
            name: [(c.proof, c.sentence, c.anchor) for c in use.claims]
            for name, use in sorted(all_usage(env).items())
            if use.claims
        }
        pages: dict[str, Any] = {
            name: runs
            for name, use in all_usage(env).items()
            if use.claims or use.snippets
        }
        for docname in env.found_docs:
            if is_made(docname):
                pages[docname] = (runs, claims)
        return pages


def outdated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose marks, results or lists of sentences have changed."""
    before: dict[str, Any] = getattr(env, "hookbook_proof_state", {})
    after = _Changed.state(env)
    env.hookbook_proof_state = after  # type: ignore[attr-defined]  # our own
    return [name for name, state in after.items() if before.get(name) != state]


def count_claims(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give the footer its line: how many claims the page makes."""
    use = all_usage(app.env).get(pagename)
    if use is None or not use.claims:
        return
    text = f"{len(use.claims)} claims"
    root = behaviour_root(app)
    extended = [c for c in use.claims if proofs.find(root, c.proof).with_extensions]
    told = (
        (released(app.env), [c for c in use.claims if c not in extended], ""),
        (with_extensions(app.env), extended, " with real extensions"),
    )
    for found, claims, how in told:
        if found and claims:
            versions = [e.flask for e in found]
            where = evidence.listing(versions, versions)
            text += f", {_proven(claims, found)} proven{how} on Flask {where}"
    if "proven" not in text:
        text += ", each with its test"
    context["hookbook_claims"] = text


def _proven(claims: list[Claim], runs: list[evidence.Evidence]) -> int:
    return sum(
        all(run.results.get(claim.proof) == evidence.PASSED for run in runs)
        for claim in claims
    )


def setup(app: Sphinx) -> None:
    """Register the pages, and the checks of their content."""
    app.add_config_value("hookbook_results", "build/matrix", "env", str)
    app.add_directive("proofs", ProofsDirective)
    app.connect("builder-inited", write_pages)
    app.connect("env-before-read-docs", collect)
    app.connect("env-updated", outdated)
    app.connect("env-check-consistency", check)
    app.connect("doctree-resolved", resolve)
    app.connect("html-page-context", count_claims)
