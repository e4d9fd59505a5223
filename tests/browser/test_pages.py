"""Every page of the built site, through every gate."""

from pathlib import Path

import pytest

from hookbook.site.proof_pages import docnames

from . import gates
from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

DOCS = Path(__file__).parents[2] / "docs"
WRITTEN = {
    str(path.relative_to(DOCS).with_suffix(".html"))
    for path in DOCS.rglob("*.md")
    if not any(part.startswith("_") for part in path.relative_to(DOCS).parts)
}
# Where there is no Python for the browser there is no playground.
if not list((DOCS.parent / "build" / "assets").glob("*/about.json")):
    WRITTEN -= {"playground.html"}
# A clone has no pages of proofs until it has built them.
PROOFS = {f"{name}.html" for name in docnames(DOCS.parent / "tests" / "behaviour")}
PAGES = sorted(WRITTEN | PROOFS)
EVERY = [*PAGES, "search.html", "404.html"]

# Pages of proofs come from one directive and hold nothing else.  All are loaded and
# their markup is read; these stand for them where a look takes long.
PROOFS_LOOKED_AT = {
    "proofs/index.html",
    "proofs/after-request/errors.html",
    "proofs/changes/contexts.html",
}
LOOKED_AT = [name for name in EVERY if name not in PROOFS - PROOFS_LOOKED_AT]

every_page = pytest.mark.parametrize("name", EVERY)
page_looked_at = pytest.mark.parametrize("name", LOOKED_AT)
sizes = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def test_every_built_page_is_looked_at(site):
    built = {str(path.relative_to(site)) for path in site.rglob("*.html")}
    assert built == set(EVERY)
    assert len(WRITTEN) >= 20
    assert PROOFS_LOOKED_AT <= PROOFS


@page_looked_at
@sizes
def test_axe(visit, address, name, size):
    with visit(address + name, size) as watch:
        gates.settled(watch.page)
        found = {}
        for scheme in "light", "dark":
            watch.page.emulate_media(color_scheme=scheme)
            found[scheme] = gates.axe(watch.page)
    assert found == {"light": [], "dark": []}


@every_page
def test_loading(visit, address, name):
    with visit(address + name, until="networkidle") as watch:
        assert gates.policy(watch) == []
        assert gates.console(watch) == []
        assert gates.other_hosts(watch) == []
        assert gates.weight(watch) == []
        assert gates.head(watch.page) == []


@page_looked_at
def test_width(visit, address, name):
    with visit(address + name) as watch:
        gates.settled(watch.page)
        for width in 320, 390, 1440:
            watch.page.set_viewport_size({"width": width, "height": 800})
            assert gates.sideways(watch.page) == [], width
            assert gates.scrollers(watch.page) == [], width


@page_looked_at
@sizes
def test_keyboard(visit, address, name, size):
    with visit(address + name, size) as watch:
        gates.settled(watch.page)
        assert gates.skip_link(watch.page) == []
        watch.page.reload()
        gates.settled(watch.page)
        assert gates.keyboard(watch.page) == []


@pytest.mark.parametrize("name", [n for n in LOOKED_AT if n != "search.html"])
def test_without_scripts(visit, address, name):
    with visit(address + name, scripts=False) as watch:
        assert gates.dead_controls(watch.page) == []
        without = gates.main_text(watch.page)
    with visit(address + name) as watch:
        scripted = gates.main_text(watch.page)
    assert sum(without.values()) >= 1
    assert scripted - without == {}


@every_page
def test_markup(site, name):
    assert gates.markup((site / name).read_text(encoding="utf-8")) == []
