"""The languages that a page may contain itself, each with a check of its blocks.

These are settings and commands, which no run produces. Not Python under any name, not
plain text, which would be invented output, and not JSON or HTML, which a run prints. A
new language needs a check that rejects a run's output.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from .. import mappings
from . import commands, prose_code
from .commands import Makefile
from .faults import Fault

_DIRECTIVES = frozenset("add_header location proxy_pass proxy_set_header".split())
_STEP = frozenset("env id if name run uses with working-directory".split())
_NGINX = re.compile(r"(\w+)\s[^{};]*(?:\"[^\"]*\"[^{};]*)*[;{]")


def nginx(text: str, makefile: Makefile) -> Iterator[Fault]:
    """Find lines that are not nginx settings."""
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        setting = _NGINX.fullmatch(line)
        if setting and setting[1] in _DIRECTIVES:
            depth += line.endswith("{")
            for value in re.findall(r'"([^"]*)"', line):
                yield from (Fault(number, m) for m in prose_code.in_words(value))
        elif line == "}":
            depth -= 1
        elif line:
            known = ", ".join(sorted(_DIRECTIVES))
            yield Fault(number, f"'{line}' isn't an nginx setting (there is: {known})")
    if depth:
        yield Fault(1, "the braces do not match")


def steps(text: str, makefile: Makefile) -> Iterator[Fault]:
    """Find what is not a list of steps for a CI service."""
    yield from _comments(text)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        yield Fault(mark.line + 1 if mark else 1, "the block is not YAML")
        return
    for line, key in mappings.doubles(root):
        yield Fault(line + 1, f"'{key}' appears twice")
    if not isinstance(found, list):
        yield Fault(1, "a 'yaml' block must be a list of steps for a CI service")
        return
    for node, step in zip(getattr(root, "value", []), found, strict=True):
        line = node.start_mark.line + 1
        for value in _texts(step if isinstance(step, dict) else {}):
            yield from (Fault(line, m) for m in prose_code.in_words(value))
        yield from (Fault(line, message) for message in _step(step, makefile))


def _texts(step: dict[str, Any]) -> Iterator[str]:
    """Yield the texts of a step that are not commands."""
    for key, value in step.items():
        if isinstance(value, dict):
            yield from map(str, value.values())
        elif key != "run":
            yield str(value)


def _comments(text: str) -> Iterator[Fault]:
    """Find code and output in the comments of a block."""
    for number, line in enumerate(text.splitlines(), start=1):
        comment = line.strip()
        if comment.startswith("#"):
            for message in prose_code.in_words(comment.lstrip("# ")):
                yield Fault(number, message)


def _step(step: Any, makefile: Makefile) -> Iterator[str]:
    if not isinstance(step, dict) or not {"run", "uses"} & step.keys():
        yield "a step must be a mapping with 'run' or 'uses'"
    elif unknown := step.keys() - _STEP:
        yield f"a step has no '{min(map(str, unknown))}'"
    else:
        for line in str(step.get("run", "")).splitlines():
            yield from commands.faults(line, makefile)


LANGUAGES: dict[str, Callable[[str, Makefile], Iterator[Fault]]] = {
    "console": commands.block,
    "nginx": nginx,
    "yaml": steps,
}
ALLOWED = frozenset(LANGUAGES)
