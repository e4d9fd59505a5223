"""The steps belong together: each adds to the one before."""

import ast
from itertools import pairwise
from pathlib import Path

import snippets.after_request_project as project

STEPS = [
    "bare_desk",
    "request_ids",
    "timing",
    "log_lines",
    "security_headers",
    "api_rules",
    "tool_desk",
]


def statements(step):
    """Return the statements of a step, without imports and the docstring."""
    path = Path(project.__file__).with_name(f"{step}.py")
    _, *body = ast.parse(path.read_text(encoding="utf-8")).body
    kinds = ast.Import | ast.ImportFrom
    return [ast.unparse(node) for node in body if not isinstance(node, kinds)]


def test_each_step_keeps_the_code_of_the_steps_before():
    """Word for word and in its order; only the view of the board changes once."""
    changed = []
    for earlier, later in pairwise(STEPS):
        before, after = statements(earlier), statements(later)
        kept = [statement for statement in after if statement in before]
        lost = [statement for statement in before if statement not in after]
        assert kept == [statement for statement in before if statement not in lost]
        assert len(after) > len(before)
        changed += [(later, statement.splitlines()[1]) for statement in lost]
    assert changed == [("security_headers", "def board():")]


def test_every_step_of_the_project_has_its_tests():
    """A file of snippets, a file of tests, of the same name."""
    here = Path(__file__).parent
    found = {path.stem for path in Path(project.__file__).parent.glob("*.py")}
    assert found == {"__init__", *STEPS}
    assert all((here / f"test_{step}.py").is_file() for step in STEPS)
