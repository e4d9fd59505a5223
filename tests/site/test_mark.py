"""The site's mark is drawn from a run, and is legible where browsers show it."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from hookbook.site import mark

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_file_is_what_the_command_draws(tmp_path):
    drawn = tmp_path / "icon.svg"
    told = subprocess.run(
        [sys.executable, "-m", "hookbook.site.mark", drawn],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    committed = ROOT / "docs" / "_static" / "icon.svg"
    assert committed.read_text("utf-8") == drawn.read_text("utf-8")


def test_it_is_the_picture_of_the_first_page():
    assert f"{{picture}} {mark.SNIPPET}\n" in (ROOT / "docs/index.md").read_text(
        "utf-8"
    )


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_it_is_legible_on_any_tab_without_a_style():
    root = ET.fromstring(mark.draw(ROOT / "snippets"))
    ground, *shapes = list(root)
    assert (ground.get("width"), ground.get("height")) == ("32", "32")
    colors = {shape.get("stroke") or shape.get("fill") for shape in shapes}
    assert len(colors) == 2
    for color in colors:
        assert contrast(color, ground.get("fill")) >= 3
    assert not list(root.iter(f"{SVG}style"))
    assert not [node for node in root.iter() if "style" in node.attrib]


def test_at_16_pixels_each_edge_is_on_a_whole_pixel():
    _, *shapes = list(ET.fromstring(mark.draw(ROOT / "snippets")))
    assert len(shapes) == 5
    for shape in shapes:
        if shape.tag == f"{SVG}rect":
            edges = [int(shape.get(name)) for name in ("x", "y", "width", "height")]
        else:
            assert shape.get("stroke-width") == "2"
            parts = re.fullmatch(r"M(\d+) (\d+)V(\d+)H(\d+)V(\d+)", shape.get("d"))
            left, end, edge, right, other = map(int, parts.groups())
            assert end == other
            # A line of two units has its edges one unit beside its middle.
            edges = [left - 1, edge - 1, right - 1, end]
        assert [number % 2 for number in edges] == [0, 0, 0, 0]
