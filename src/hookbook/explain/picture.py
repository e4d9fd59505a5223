"""The layers round a view, drawn from a trace as SVG: inwards, and out again."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from hookbook.trace.steps import Trace

from .words import label

_WIDTH, _BAR, _GAP, _STEP, _PAD = 360, 30, 6, 14, 8
_INWARDS = frozenset(("url_value_preprocessor", "before_request"))
_OUTWARDS = frozenset(("after_this_request", "after_request"))
_LAST = frozenset(("teardown_request", "teardown_appcontext"))
_AROUND = _INWARDS | _OUTWARDS | _LAST


@dataclass(frozen=True)
class Layer:
    """One function that Flask called, as a bar; `depth` counts from the outside."""

    name: str
    says: str
    phase: str
    depth: int


def layers(trace: Trace) -> list[Layer]:
    """Return the functions around the view, in the order in which Flask called them.

    Functions that are called before the view lead inwards, those after it outwards,
    teardown functions are outside again.
    """
    steps = [
        step
        for step in trace.steps
        if step.kind == "view"
        or (step.phase in _AROUND and step.kind in ("hook", "deferred", "teardown"))
    ]
    inwards = sum(step.phase in _INWARDS for step in steps)
    outwards = sum(step.phase in _OUTWARDS for step in steps)
    deepest = max(inwards, outwards)
    found, before, after = [], 0, 0
    for step in steps:
        if step.phase in _INWARDS:
            depth, before = deepest - inwards + before, before + 1
        elif step.kind == "view":
            depth = deepest
        elif step.phase in _OUTWARDS:
            after += 1
            depth = deepest - after
        else:
            depth = 0
        found.append(Layer(step.name, label(step), step.phase, depth))
    return found


def draw(found: list[Layer], address: Callable[[Layer], str | None]) -> str:
    """Return the picture as an ``svg`` element without style of its own.

    :param address: returns where a layer leads, or None.
    """
    height = len(found) * (_BAR + _GAP) + _GAP
    told = "; then ".join(f"{layer.says} {layer.name}" for layer in found)
    parts = [
        f'<svg class="hb-layers" viewBox="0 0 {_WIDTH} {height}" role="group"'
        f' aria-label="In this order: {escape(told)}" xmlns="http://www.w3.org/2000/svg">'
    ]
    for place, layer in enumerate(found):
        x, y = layer.depth * _STEP, _GAP + place * (_BAR + _GAP)
        kind = layer.phase if layer.phase in _AROUND else "view"
        bar = (
            f'<rect x="{x + 1}" y="{y}" width="{_WIDTH - 2 * x - 2}" height="{_BAR}"'
            f' rx="4"/><text x="{x + _PAD}" y="{y + 20}">{escape(layer.says)}</text>'
            f'<text class="hb-layer-name" x="{_WIDTH - x - _PAD}" y="{y + 20}"'
            f' text-anchor="end">{escape(layer.name)}</text>'
        )
        target = address(layer)
        if target is not None:
            bar = f'<a href="{escape(target)}">{bar}</a>'
        parts.append(f'<g class="hb-layer hb-layer-{kind}">{bar}</g>')
    return "".join([*parts, "</svg>"])


def enumerate_layers(found: list[Layer], address: Callable[[Layer], str | None]) -> str:
    """Return the layers as an ordered list, for where nothing is drawn: a book.

    :param address: returns where a layer leads, or None.
    """
    parts = ['<ol class="hb-layers">']
    for layer in found:
        name, target = f"<code>{escape(layer.name)}</code>", address(layer)
        if target is not None:
            name = f'<a href="{escape(target)}">{name}</a>'
        parts.append(f"<li>{escape(layer.says)}: {name}</li>")
    return "".join([*parts, "</ol>"])
