"""Repeated keys in YAML, of which the parser silently keeps the last."""

from collections.abc import Iterator

import yaml


def doubles(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Find each repeated key below `node`: its line, from 0, and its name."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield key.start_mark.line, key.value
                seen.add(key.value)
            yield from doubles(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from doubles(item)
