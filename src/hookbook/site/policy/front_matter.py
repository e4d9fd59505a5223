"""The fields in a page's front matter."""

from collections.abc import Iterator

import yaml

from .. import mappings
from . import leftovers, prose_code
from .faults import Fault

FIELDS = frozenset({"description", "hide-toc", "mode", "nosearch"})
"""The fields a page may have. Others silently change how it is built."""


def faults(lines: list[str]) -> Iterator[Fault]:
    """Find what is wrong with the front matter; its first line is the file's second."""
    text = "\n".join(lines)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        yield Fault(line + 2, f"the front matter is not YAML: {error.problem}")
        return
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        yield Fault(2, "the front matter must be a mapping, as in 'description: ...'")
        return
    for line, key in mappings.doubles(root):
        yield Fault(line + 2, f"'{key}' appears twice: YAML keeps the last")
    for key, value in root.value:
        place = key.start_mark.line + 2
        if key.value not in FIELDS:
            yield Fault(
                place,
                f"the front matter has no '{key.value}'"
                f" (it has: {', '.join(sorted(FIELDS))})",
            )
        elif isinstance(value, yaml.ScalarNode):
            if not value.value.strip():
                yield Fault(place, f"'{key.value}' is empty")
            for find in leftovers.notes, leftovers.markup:
                for _, message in find(value.value):
                    yield Fault(place, f"{key.value}: {message}")
            for message in prose_code.in_words(value.value):
                yield Fault(place, f"{key.value}: {message}")
