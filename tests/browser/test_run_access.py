"""The editor works offline, by keyboard, for the ear, on a phone; or says why not."""

import re

import pytest
from playwright.sync_api import expect

from . import gates
from .conftest import DESKTOP, PHONE
from .runner import require
from .server import serve
from .workbench import (
    BROKEN,
    PLAYGROUND,
    SHOWN,
    START,
    TRACED,
    Bench,
    clean,
    opened,
    shared,
)

pytestmark = pytest.mark.browser


def test_offline_after_the_first_load(visit, site):
    require(site)
    with serve(site) as own, visit(own + PLAYGROUND) as watch:
        bench = Bench(watch.page)
        bench.run("503 SERVICE UNAVAILABLE")
        bench.highlighted()
        watch.page.context.set_offline(True)
        bench.change('"3600"', '"60"')
        bench.run("503 SERVICE UNAVAILABLE")
        headers = bench.result.get_by_role("group", name="Headers of response")
        expect(headers).to_contain_text("Retry-After: 60")


def test_the_keyboard_is_enough(visit, site, address):
    require(site)
    with visit(address + TRACED) as watch:
        page = watch.page
        page.get_by_role("button", name="Edit and run").first.focus()
        page.keyboard.press("Enter")
        bench = Bench(page)
        expect(bench.code).to_be_focused()
        page.keyboard.press("Control+End")
        page.keyboard.press("Enter")
        page.keyboard.type("print('typed')")
        assert bench.text.endswith("\n    print('typed')")
        page.keyboard.press("Tab")
        expect(bench.element.get_by_label("Scenario").first).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(bench.code).to_be_focused()
        for _ in range(3):
            page.keyboard.press("Tab")
        expect(bench.button("Run")).to_be_focused()
        page.keyboard.press("Space")
        expect(bench.status).to_contain_text("Ran in", timeout=START)
        expect(bench.button("Run")).to_be_focused()
        page.keyboard.press("Tab")
        expect(bench.button("Stop")).to_be_focused()
        page.keyboard.press("Enter")
        expect(bench.status).to_contain_text("Ran in")
        bench.code.focus()
        page.keyboard.press("Control+Enter")
        expect(bench.status).to_contain_text("Ran in")
        bench.button("Back to the page").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Edit and run").first).to_be_focused()
        clean(watch)


def test_what_happens_is_announced(visit, site, address):
    require(site)
    with visit(address + TRACED) as watch:
        bench = opened(watch.page)
        expect(bench.status).to_have_role("status")
        bench.status.evaluate(
            """(one) => {
              window.said = [];
              const note = () => window.said.push(one.textContent);
              new MutationObserver(note).observe(one, { childList: true });
            }"""
        )
        bench.run("Ran in")
        said = watch.page.evaluate("window.said")
        assert said[0] == "Starting Python…"
        assert said[1:4] == ["Loading Python…", "Loading Flask…", "Running…"]
        assert re.fullmatch(r"Ran in \d+\.\d\d s\.", said[-1])
        bench.ask("/")
        bench.run("200 OK")
        bench.write(BROKEN)
        bench.run("500 INTERNAL SERVER ERROR. Raised: KeyError: 'cup'")


SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@SIZES
@pytest.mark.parametrize("name", [TRACED, SHOWN, PLAYGROUND])
def test_axe_and_width_with_the_editor_open(visit, site, address, name, size):
    require(site)
    with visit(address + name, size) as watch:
        page = watch.page
        bench = Bench(page) if name == PLAYGROUND else opened(page)
        bench.change("return ", "print(1); return ")
        if name == PLAYGROUND:
            bench.button("Add a file").click()
            shared(bench)
        bench.ask("/", "/nowhere")
        bench.element.get_by_text("Headers, cookies, body").first.click()
        bench.run()
        if name == SHOWN:
            bench.element.get_by_text("Your version, step by step").click()
        bench.traces.get_by_role("button", name="Next step").click()
        assert gates.axe(page) == []
        assert gates.axe_in_the_dark(page) == []
        for width in 320, size["width"]:
            page.set_viewport_size({"width": width, "height": 844})
            assert gates.sideways(page) == [], width
            assert gates.scrollers(page) == [], width
        clean(watch)


def test_two_examples_share_one_worker(visit, site, address):
    require(site)
    with visit(address + TRACED) as watch:
        page = watch.page
        started = []
        page.on("worker", lambda worker: started.append(worker))
        first = opened(page)
        first.run()
        buttons = page.get_by_role("button", name="Edit and run")
        buttons.locator("visible=true").nth(1).click()
        expect(page.locator(".hb-workbench")).to_have_count(2)
        second = Bench(page)
        second.element = page.locator(".hb-workbench").nth(1)
        second.run()
        assert len(started) == 1
        expect(page.locator(".hb-traced .hb-trace")).to_have_count(2)
        assert gates.axe(page) == []


@pytest.mark.canary
def test_a_policy_without_webassembly_is_told(visit, site):
    require(site)
    policy = "default-src 'self'"
    with serve(site, policy) as own, visit(own + PLAYGROUND) as watch:
        bench = Bench(watch.page)
        bench.run("security policy")
        expect(bench.status).to_contain_text("wasm-unsafe-eval")
        expect(bench.button("Run")).to_have_attribute("aria-disabled", "false")


@pytest.mark.canary
def test_what_cannot_be_loaded_is_told(visit, site, address):
    require(site)
    with visit("about:blank") as watch:
        watch.page.route("**/corpus.json", lambda route: route.abort())
        watch.page.goto(address + TRACED)
        watch.page.get_by_role("button", name="Edit and run").first.click()
        alert = watch.page.get_by_role("alert")
        expect(alert).to_contain_text("The editor could not be loaded")
