"""The layers around a view, drawn from a trace as SVG: inwards, and out again."""

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
    teardown functions are outermost again.
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
    """Return the picture as an ``svg`` element without its own style.

    :param address: returns the link of a layer, or None.
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
    """Return the layers as an ordered list, for a book, which has no drawings.

    :param address: returns the link of a layer, or None.
    """
    parts = ['<ol class="hb-layers">']
    for layer in found:
        name, target = f"<code>{escape(layer.name)}</code>", address(layer)
        if target is not None:
            name = f'<a href="{escape(target)}">{name}</a>'
        parts.append(f"<li>{escape(layer.says)}: {name}</li>")
    return "".join([*parts, "</ol>"])


_SIDE, _STROKE, _ROOM = 32, 2, 3


def mark(found: list[Layer]) -> str:
    """Return the layers as a logo: the view inside half frames.

    The upper halves are the layers inwards, the lower ones outwards; functions called
    after the response are left out. All edges are on whole pixels at 16 by 16.

    :raises ValueError: if there are too many layers, or no view.
    """
    view = next((layer for layer in found if layer.phase not in _AROUND), None)
    if view is None or view.depth > _ROOM:
        raise ValueError(f"a mark has a view, and at most {_ROOM} layers round it")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}">',
        f'  <rect width="{_SIDE}" height="{_SIDE}" rx="4" fill="#0b5c77"/>',
    ]
    middle = _SIDE // 2
    for layer in found:
        near = 3 + layer.depth * 2 * _STROKE
        far = _SIDE - near
        if layer is view:
            size = _SIDE - 2 * near + _STROKE
            parts.append(
                f'  <rect x="{near - 1}" y="{near - 1}" width="{size}" height="{size}"'
                ' rx="1" fill="#ffffff"/>'
            )
        elif layer.phase not in _LAST:
            inwards = layer.phase in _INWARDS
            edge, end = (near, middle - 2) if inwards else (far, middle + 2)
            color = "#ffffff" if inwards else "#7cc6df"
            parts.append(
                f'  <path d="M{near} {end}V{edge}H{far}V{end}" fill="none"'
                f' stroke="{color}" stroke-width="{_STROKE}" stroke-linejoin="round"/>'
            )
    return "\n".join([*parts, "</svg>", ""])
