"""``{task}``: something to fix, its check, hints and a solution.

The argument names the task: see :mod:`hookbook.corpus.tasks`. The content is a YAML
mapping: ``goal``; ``hints``, a list from vague to specific; ``why``, what to notice in
the solution.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx

from hookbook.corpus import tasks
from hookbook.corpus.snippets import Snippet
from hookbook.explain.boxes import box
from hookbook.explain.parts import code_block, disclosure, label
from hookbook.trace.steps import Run

from .base import PageError, SnippetDirective, check_keys, check_reason, plain
from .snippet import caption, code_of

_KEYS = {"goal", "hints", "why"}


class Task(SnippetDirective):
    """Show a task; its check has run on the starting point and on the solution."""

    required_arguments = 1
    has_content = True

    def build(self) -> list[nodes.Node]:
        """Return the goal, the starting point, the check, hints and the solution."""
        name = self.arguments[0]
        lines, item = self._item()
        solution, passing = self.load(name)
        start, failing = self.load(tasks.start_of(name))
        try:
            tasks.compare(failing, passing)
        except ValueError as error:
            raise PageError(f"{name}: {error}") from None

        try:
            _check_words(item)
        except ValueError as error:
            raise PageError(str(error), self.first_line) from None

        def parsed(text: str, node: yaml.Node) -> list[nodes.Node]:
            line = self.first_line + node.start_mark.line - self.lineno
            # A block of text begins on the line below its key.
            block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
            return self.parse_text_to_nodes(text, offset=line if block else line - 1)

        task = box("div", classes=["hb-task"], data={"data-task": name})
        task += box("div", *parsed(item["goal"], lines["goal"]), classes=["hb-goal"])
        task += self._figure(start, failing, _check(failing, passing))
        task += code_block(f"$ make try TASK={name}", "console")
        hints = zip(item["hints"], lines["hints"].value, strict=True)
        for place, (hint, node) in enumerate(hints, start=1):
            task += disclosure(f"Hint {place}", "hb-hint", *parsed(hint, node))
        task += disclosure(
            "Solution", "hb-solution",
            self._figure(solution, passing, changed=_changed(start, solution)),
            *parsed(item["why"], lines["why"]),
        )  # fmt: skip
        self.set_source_info(task)
        return [task]

    def _item(self) -> tuple[dict[str, yaml.Node], dict[str, Any]]:
        """Parse the content: the position of each key's value, and the values."""
        root, item = self.read_yaml()
        try:
            check_keys(item, _KEYS, _KEYS, "a task")
            hints = item["hints"]
            if not isinstance(hints, list) or len(hints) < 2:
                raise ValueError("give at least two hints, from vague to specific")
            for text in item["goal"], item["why"], *hints:
                if not isinstance(text, str):
                    raise ValueError(f"goal, hints and why must be text, not {text!r}")
        except ValueError as error:
            raise PageError(str(error), self.first_line) from None
        assert isinstance(root, yaml.MappingNode)
        return {key.value: value for key, value in root.value}, item

    def _figure(
        self, snippet: Snippet, run: Run, *more: nodes.Node, changed: Sequence[int] = ()
    ) -> box:
        head, code = caption(self, snippet, run), code_of(snippet)
        if changed:
            code["highlight_args"]["hl_lines"] = changed
        return box("figure", head, code, *more, classes=["hb-snippet"])


def _check_words(item: dict[str, Any]) -> None:
    """Reject a task with an empty or a repeated text."""
    said: set[str] = set()
    for text in item["goal"], *item["hints"], item["why"]:
        if not text.strip():
            raise ValueError("goal, hints and why must not be empty")
        if plain(text) in said:
            raise ValueError(f"{' '.join(text.split())!r} is said twice")
        said.add(plain(text))
    check_reason(item["why"], item["goal"])


def _changed(start: Snippet, solution: Snippet) -> list[int]:
    """Return which lines of the solution, from 1, are not in the starting point."""
    codes = [list(snippet.lines.values()) for snippet in (start, solution)]
    blocks = SequenceMatcher(None, codes[0], codes[1], autojunk=False).get_opcodes()
    places = (n for tag, _, _, a, b in blocks if tag != "equal" for n in range(a, b))
    return [place + 1 for place in places if codes[1][place].strip()]


def _check(failing: Run, passing: Run) -> box:
    """Return the check, what it must print and what it prints now."""
    part = box("div", classes=["hb-run"])
    outputs = zip(failing.blocks, passing.outputs, failing.outputs, strict=True)
    for block, wanted, printed in outputs:
        part += label("The check")
        part += code_block(block.source.strip("\n"), "python", "hb-scenario")
        for title, text, kind in (
            ("It must print", wanted, "hb-wanted"),
            ("It prints now", printed, "hb-printed"),
        ):
            if text:
                part += label(title)
                part += code_block(text.rstrip("\n"), "text", "hb-output", kind)
    return part


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("task", Task)
