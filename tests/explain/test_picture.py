"""The layers round a view, in the order and on the side on which Flask calls them."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from hookbook.corpus import runs
from hookbook.explain.picture import Layer, draw, enumerate_layers, layers, mark

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found():
    _, run = runs.run(ROOT / "snippets", "lifecycle/show_order")
    return layers(run.traces[0])


def test_the_layers_lead_inwards_to_the_view_and_out_again(found):
    assert [(layer.name, layer.depth) for layer in found] == [
        ("start_timer", 0),
        ("load_user", 1),
        ("show_order", 2),
        ("add_security_headers", 1),
        ("forbid_caching", 0),
        ("close_database", 0),
    ]


def test_signals_and_flasks_own_steps_are_no_layers():
    _, run = runs.run(ROOT / "snippets", "lifecycle/every_callback")
    phases = [layer.phase for layer in layers(run.traces[0])]
    assert phases == [
        "url_value_preprocessor",
        "before_request",
        "view",
        "after_this_request",
        "after_request",
        "teardown_request",
        "teardown_appcontext",
    ]


def test_the_picture_is_svg_without_styles_and_each_known_layer_is_a_link(found):
    pages = {"before_request": "a.html?x=1&y=2"}
    root = ET.fromstring(draw(found, lambda layer: pages.get(layer.phase)))
    links = [link.get("href") for link in root.iter(f"{SVG}a")]
    assert links == ["a.html?x=1&y=2"] * 2
    names = [text.text for text in root.iter(f"{SVG}text")][1::2]
    assert names == [layer.name for layer in found]
    assert not [node for node in root.iter() if "style" in node.attrib]


def test_what_a_program_says_becomes_no_markup():
    layer = Layer('<script>"&', "View function", "view", 0)
    root = ET.fromstring(draw([layer], lambda layer: 'x"><script>'))
    assert [node for node in root.iter() if "script" in node.tag] == []
    assert root.find(f".//{SVG}a").get("href") == 'x"><script>'


def test_a_book_has_the_layers_as_a_list(found):
    pages = {"before_request": "a.html?x=1&y=2"}
    root = ET.fromstring(enumerate_layers(found, lambda layer: pages.get(layer.phase)))
    says = [f"{layer.says}: {layer.name}" for layer in found]
    assert ["".join(item.itertext()) for item in root.findall("li")] == says
    links = [link.get("href") for link in root.iter("a")]
    assert links == ["a.html?x=1&y=2"] * 2
    hostile = Layer("<b>", "<i>", "view", 0)
    shown = ET.fromstring(enumerate_layers([hostile], lambda layer: 'x"><script>'))
    assert {node.tag for node in shown.iter()} == {"ol", "li", "a", "code"}


def test_a_mark_has_the_view_and_half_a_frame_for_each_layer_round_it(found):
    root = ET.fromstring(mark(found))
    halves = [path.get("d") for path in root.iter(f"{SVG}path")]
    assert halves == [
        "M3 14V3H29V14",
        "M7 14V7H25V14",
        "M7 18V25H25V18",
        "M3 18V29H29V18",
    ]
    _, view = root.iter(f"{SVG}rect")
    assert (view.get("x"), view.get("width")) == ("10", "12")
    # In the order of the calls: the view is between the ways in and out.
    assert [shape.tag for shape in root][3] == f"{SVG}rect"


@pytest.mark.parametrize("depth", [None, 4])
def test_no_mark_can_be_made_without_a_view_or_of_too_many_layers(depth):
    hooks = [Layer("a", "hook", "before_request", 0)]
    views = [] if depth is None else [Layer("v", "View function", "view", depth)]
    with pytest.raises(ValueError, match="a mark has a view, and at most 3 layers"):
        mark(hooks + views)
    assert mark([Layer("v", "View function", "view", 3)]).count("<rect") == 2
