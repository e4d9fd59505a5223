"""The behaviour tests, as proofs: found by parsing their files, not by running them."""

import ast
import dataclasses
import re
from functools import lru_cache
from pathlib import Path

_DEFINED = re.compile(r"^def (test_\w+)", re.MULTILINE)
_QUESTION = re.compile(r"^Question: (.+?)(?:\n\n|\Z)", re.MULTILINE | re.DOTALL)


class ProofError(Exception):
    """A test name that proves nothing: unknown, or defined twice."""


@dataclasses.dataclass(frozen=True)
class Proof:
    """A test function of ``tests/behaviour/``."""

    name: str
    path: str
    """Relative to the folder of the behaviour tests."""
    line: int
    claim: str
    """The first line of the test's docstring."""
    question: str = ""
    """The question that the claim answers: the paragraph after "Question:"."""
    source: str = dataclasses.field(repr=False, default="")

    @property
    def with_extensions(self) -> bool:
        """Whether it needs real extensions, which only their environment has."""
        return self.path.startswith("extensions/")


@lru_cache(maxsize=256)
def _tests(path: Path, changed: int, root: Path) -> tuple[Proof, ...]:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    proofs = []
    for node in ast.parse(text, str(path)).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            docstring = ast.get_docstring(node) or ""
            question = _QUESTION.search(docstring)
            proofs.append(
                Proof(
                    node.name,
                    path.relative_to(root).as_posix(),
                    node.lineno,
                    docstring.split("\n", 1)[0],
                    " ".join(question[1].split()) if question else "",
                    "\n".join(lines[first - 1 : node.end_lineno]),
                )
            )
    return tuple(proofs)


def tests(root: Path, path: Path) -> tuple[Proof, ...]:
    """Return the tests of the file at `path` below `root`, in order."""
    return _tests(path, path.stat().st_mtime_ns, root)


def files(root: Path) -> list[Path]:
    """List the test files below `root`."""
    return sorted(root.rglob("test_*.py"))


@lru_cache(maxsize=4)
def _index(root: Path) -> dict[str, list[Path]]:
    """Return the files that may have a name: searching is cheaper than parsing each."""
    found: dict[str, list[Path]] = {}
    for path in files(root):
        for name in set(_DEFINED.findall(path.read_text(encoding="utf-8"))):
            found.setdefault(name, []).append(path)
    return found


def forget() -> None:
    """Read the disk again for the next proof."""
    _index.cache_clear()


def find(root: Path, name: str) -> Proof:
    """Return the test called `name` below `root`.

    The files are read once, until :func:`forget` is called.

    :raises ProofError: if there is none, or more than one.
    """
    places = _index(root).get(name, [])
    found = [p for path in places for p in tests(root, path) if p.name == name]
    if not found:
        raise ProofError(f"no test in {root.name}/ is called '{name}'")
    if len(found) > 1:
        named = " and ".join(proof.path for proof in found)
        raise ProofError(f"'{name}' is in {named}: a proof's name must be unique")
    return found[0]
