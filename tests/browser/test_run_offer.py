"""Run buttons and the playground are offered where code can run, and only there."""

import gzip
import re

import pytest
from playwright.sync_api import expect

from . import gates
from .runner import require
from .workbench import (
    PLAYGROUND,
    SHOWN,
    TASKS,
    TRACED,
    VISUALIZE,
)

pytestmark = pytest.mark.browser


def test_every_trace_and_example_can_be_edited(visit, site, address):
    require(site)
    for name in *VISUALIZE, SHOWN:
        with visit(address + name) as watch:
            page = watch.page
            figures = page.locator("figure.hb-snippet:has(.hb-path)")
            buttons = page.get_by_role("button", name="Edit and run")
            assert buttons.count() >= figures.count() >= 5
            keys = page.locator(".hb-trace").evaluate_all(
                "all => [...new Set(all.map((one) => one.dataset.trace))]"
            )
            for key in keys:
                parts = page.locator(f'.hb-trace[data-trace="{key}"]')
                assert parts.get_by_role("button", name="Edit and run").count() >= 1
    assert len(VISUALIZE) >= 1


UNABLE = {
    "no worker": "delete globalThis.Worker",
    "no module worker": "globalThis.Worker = class { constructor() { throw 1 } }",
    "no WebAssembly": "delete globalThis.WebAssembly",
}


@pytest.mark.parametrize("lack", UNABLE)
def test_without_what_it_needs_nothing_is_offered(visit, site, address, lack):
    require(site)
    with visit("about:blank") as watch:
        watch.page.add_init_script(UNABLE[lack])
        for name in TRACED, TASKS:
            watch.page.goto(address + name)
            assert watch.page.locator(".hb-edit").count() == 0
        watch.page.goto(address + PLAYGROUND)
        expect(watch.page.get_by_text("needs JavaScript")).to_be_visible()
        assert watch.page.locator(".hb-workbench").count() == 0


def test_a_page_without_assets_offers_nothing(visit, site, address):
    require(site)

    def strip(route):
        text = route.fetch().text()
        body = re.sub('<meta name="hookbook-runner"[^>]*>', "", text)
        assert body != text
        route.fulfill(body=body, content_type="text/html")

    with visit("about:blank") as watch:
        watch.page.route(address + TRACED, strip)
        watch.page.goto(address + TRACED)
        assert watch.page.locator(".hb-edit").count() == 0
        assert watch.page.locator(".hb-trace button").count() >= 1


def test_from_a_file_nothing_is_offered(visit, site):
    require(site)
    with visit((site / TRACED).as_uri()) as watch:
        assert watch.page.locator(".hb-edit").count() == 0
        assert watch.page.locator(".hb-trace button").count() >= 1


def test_without_scripts_the_playground_says_what_to_do(visit, site, address):
    require(site)
    with visit(address + PLAYGROUND, scripts=False) as watch:
        place = watch.page.locator(".hb-playground")
        expect(place.get_by_text("needs JavaScript")).to_be_visible()
        expect(place.locator("figure.hb-snippet .hb-path")).to_be_visible()
        expect(place.get_by_text("flask --app early_return run")).to_be_visible()
        assert gates.dead_controls(watch.page) == []


def test_without_a_click_a_page_loads_hardly_more(visit, site, address):
    require(site)
    with visit(address + TRACED, until="networkidle") as watch:
        loaded = {response.url: response for response in watch.responses}
        assert not [url for url in loaded if "/runner/" in url or "/workbench/" in url]
        (script,) = (url for url in loaded if "/run.js" in url)
        page = loaded[watch.page.url].body()
        tags = (
            rb"<script data-version[^>]*run\.js[^>]*></script>"
            rb'|<meta name="hookbook-r[^>]*>'
        )
        bare = re.sub(tags, b"", page)
        assert len(bare) < len(page) - 100
        extra = len(gzip.compress(loaded[script].body(), mtime=0))
        extra += len(gzip.compress(page, mtime=0)) - len(gzip.compress(bare, mtime=0))
        style = (site / "_static" / "snippet.css").read_text("utf-8")
        extra += len(gzip.compress(style.partition("run.js")[2].encode(), mtime=0))
    assert 500 < extra <= 3000 - 200, "200 are for what trace.js has for later traces"


def test_an_example_that_needs_an_extension_is_not_offered(visit, site, address):
    require(site)
    with visit(f"{address}recipes/background-thread.html") as watch:
        figures = watch.page.locator("figure.hb-snippet")
        expect(figures).to_have_count(2)
        snippet, example = figures.all()
        expect(snippet.get_by_role("button", name="Edit and run")).to_be_visible()
        expect(example).to_contain_text("SQLAlchemy")
        expect(example.locator(".hb-edit")).to_have_count(0)
