"""The layers round a view, in the order and on the side on which Flask calls them."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from hookbook.corpus import runs
from hookbook.explain.picture import Layer, draw, enumerate_layers, layers

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found():
    _, run = runs.run(ROOT / "snippets", "lifecycle/show_order")
    return layers(run.traces[0])


def test_the_layers_lead_inwards_to_the_view_and_out_again(found):
    assert [(layer.name, layer.depth) for layer in found] == [
        ("open_database", 0),
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
