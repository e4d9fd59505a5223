"""The playground: requests, files, links, drafts, and an app of several modules."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .runner import require
from .workbench import (
    BASKET,
    CLUB,
    LATE,
    PAGE,
    PLAYGROUND,
    Bench,
    clean,
    shared,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def play_page(visit, site, address):
    require(site)
    with visit(address + PLAYGROUND) as watch:
        yield watch


@pytest.fixture
def play(play_page):
    """The playground with its first app; Python stays from test to test."""
    page = play_page.page
    page.goto(page.url.partition("#")[0])
    bench = Bench(page)
    if bench.element.get_by_role("button", name="Forget draft").is_visible():
        bench.button("Forget draft").click()
    else:
        bench.button("Reset").click()
    yield bench
    clean(play_page)


def test_all_its_modules_are_asked_for_at_once_and_once(visit, site, address):
    require(site)
    with visit(address + PLAYGROUND) as watch:
        watch.page.locator(".hb-workbench").wait_for()
        watch.page.wait_for_load_state("networkidle")
        scripts = [
            url for url in watch.requests if re.search(r"/workbench/.*\.js", url)
        ]
        hints = watch.page.locator("link[rel=modulepreload]").all()
        hinted = {hint.evaluate("hint => hint.href") for hint in hints}
        assert len(scripts) == len(set(scripts)) > 5
        late = [url for url in set(scripts) - hinted if "/highlighted.js" not in url]
        assert ["/playground.js" in url for url in late] == [True]
        assert hinted <= set(scripts)
        clean(watch)


def test_cookies_stay_over_several_requests(play):
    play.write(BASKET)
    play.ask("POST /basket", "POST /basket", "/basket")
    play.run("201 CREATED, 201 CREATED, 200 OK")
    expect(play.body(2)).to_have_text("2")
    jar = play.result.get_by_role("group", name="Cookie jar afterwards")
    expect(jar).to_contain_text("session=")
    play.run("201 CREATED, 201 CREATED, 200 OK")
    expect(play.body(2)).to_have_text("2")
    play.element.get_by_role("button", name="Remove request 1").click()
    play.run("201 CREATED, 200 OK")
    expect(play.body(1)).to_have_text("1")


def test_headers_cookies_and_a_body_arrive(play):
    play.write(
        "from flask import Flask, request\n\napp = Flask(__name__)\n\n\n"
        '@app.post("/")\ndef index():\n'
        "    form = request.form.to_dict() or request.get_json(silent=True)\n"
        '    return [form, request.cookies, request.headers["X-Colour"]]\n'
    )
    play.ask("POST /")
    play.element.get_by_text("Headers, cookies, body").click()
    play.element.get_by_label("Headers").fill("X-Colour: red\n")
    play.element.get_by_label("Cookies").fill("theme=dark\nsize=12")
    for body, arrived in {
        "a=1&b=two+words": {"a": "1", "b": "two words"},
        '{"a": [1]}': {"a": [1]},
    }.items():
        play.element.get_by_label("Body", exact=True).fill(body)
        play.run("200 OK")
        told = json.loads(play.body().inner_text())
        assert told == [arrived, {"size": "12", "theme": "dark"}, "red"]


def test_an_async_view_runs(play):
    play.write(LATE)
    play.ask("/")
    play.run("200 OK")
    expect(play.body()).to_have_text("Good evening!")


def test_files_beside_the_app_are_found(play):
    play.write(PAGE)
    play.ask("/")
    play.button("Add a file").click()
    name = play.element.get_by_label("File, beside app.py")
    expect(name).to_be_focused()
    name.fill("")
    play.run("A file has no name")
    name.fill("templates/cards/hello.html")
    play.element.get_by_label("Content of templates/cards/hello.html").fill(
        "<p>Hello, {{ name }}!</p>"
    )
    play.run("200 OK")
    expect(play.body()).to_have_text("<p>Hello, Ada!</p>")
    play.element.get_by_role("button", name="Remove templates/cards/hello.html").click()
    play.run("500 INTERNAL SERVER ERROR")
    expect(play.status).to_contain_text("TemplateNotFound")


def test_a_snippet_is_loaded_and_given_back(play):
    first = play.text
    assert "close_shop" in first
    play.write(BASKET)
    play.button("Choose a snippet of this site").click()
    picker = play.element.get_by_label("A snippet of this site")
    expect(picker).to_be_focused()
    picker.select_option("after_request/add_header")
    assert play.text == BASKET
    play.button("Load this snippet").click()
    assert "add_header" in play.text
    expect(play.status).to_contain_text("Nothing has been run")
    play.run("200 OK")
    play.way("Scenario")
    play.run("Ran in")
    expect(play.result.get_by_role("group", name="Output")).to_contain_text("World")
    play.button("Bring back what was here").click()
    assert play.text == BASKET


def test_the_first_app_is_on_the_page_and_the_snippets_come_when_asked_for(
    visit, site, address
):
    require(site)
    (corpus,) = site.glob("_static/runner/corpus.json")
    held = json.loads(corpus.read_text("utf-8"))["after_request/early_return"]
    with visit("about:blank") as watch:
        watch.page.route("**/corpus.json", lambda route: route.abort())
        watch.page.goto(address + PLAYGROUND, wait_until="networkidle")
        play = Bench(watch.page)
        assert f"{play.text}\n" == held["code"]
        scenario = play.element.get_by_label("Scenario", exact=True).last
        assert f"{scenario.input_value()}\n" == held["blocks"][0]["source"]
        assert not [url for url in watch.requests if "corpus.json" in url]
        play.button("Choose a snippet of this site").click()
        expect(play.status).to_contain_text("The snippets cannot be loaded")
        watch.page.unroute("**/corpus.json")
        play.button("Choose a snippet of this site").click()
        expect(play.element.get_by_label("A snippet of this site")).to_be_focused()


def test_a_link_brings_the_app_and_runs_nothing(play, visit):
    play.write(PAGE)
    play.ask("/", "/again")
    play.button("Add a file").click()
    play.element.get_by_label("File, beside app.py").fill("templates/cards/hello.html")
    play.element.get_by_label("Content of").fill("Ärger? {{ name }} \N{ROCKET}")
    link = shared(play)
    assert re.search(r"#app=1[\w-]+$", link)
    with visit(link) as watch:
        bench = Bench(watch.page)
        expect(bench.status).to_contain_text("has not been run")
        assert bench.text == PAGE
        content = bench.element.get_by_label("Content of templates/cards/hello.html")
        assert content.input_value() == "Ärger? {{ name }} \N{ROCKET}"
        expect(bench.element.locator(".hb-request")).to_have_count(2)
        watch.page.wait_for_load_state("networkidle")
        assert not [url for url in watch.requests if "pyodide" in url or "#" in url]
        bench.run("200 OK, 404 NOT FOUND")
        expect(bench.body()).to_have_text("Ärger? Ada \N{ROCKET}")
        clean(watch)


def test_a_link_works_without_compression(play, visit, address):
    with visit("about:blank") as watch:
        watch.page.add_init_script("delete globalThis.CompressionStream")
        watch.page.goto(address + PLAYGROUND)
        bench = Bench(watch.page)
        bench.write(LATE)
        link = shared(bench)
    assert "#app=0" in link
    play.page.goto("about:blank")
    play.page.goto(link)
    expect(play.status).to_contain_text("has not been run")
    assert play.text == LATE


@pytest.mark.parametrize(
    ("packed", "says"),
    [
        ("1AAAA", "a part of it is missing"),
        ("0!!!", "a part of it is missing"),
        ("0e30", "it is not an app of the playground"),
        ("0bnVsbA", "cannot be read"),
    ],
)
def test_a_broken_link_is_said_to_be_broken(visit, site, address, packed, says):
    require(site)
    with visit(f"{address}{PLAYGROUND}#app={packed}") as watch:
        bench = Bench(watch.page)
        expect(bench.status).to_contain_text(says)
        assert "close_shop" in bench.text


def test_a_link_does_not_cost_the_reader_the_draft(play, visit):
    play.write(LATE)
    link = shared(play)
    play.write(BASKET)
    expect(play.button("Forget draft")).to_be_visible()
    page = play.page
    page.goto("about:blank")
    page.goto(link)
    expect(play.status).to_contain_text("Your own draft is kept")
    assert play.text == LATE
    play.write(LATE + "\n# changed\n")
    play.button("Open my draft instead").click()
    assert play.text == BASKET
    assert "#" not in page.url


def test_a_draft_survives_and_can_be_forgotten(play):
    page = play.page
    play.write(BASKET)
    play.ask("/basket")
    page.reload()
    expect(play.status).to_contain_text("your draft")
    assert play.text == BASKET
    expect(play.element.get_by_label("Path")).to_have_value("/basket")
    play.button("Forget draft").click()
    expect(play.status).to_contain_text("deleted from this browser")
    assert "close_shop" in play.text
    assert page.evaluate("Object.keys(localStorage)") == []
    page.reload()
    expect(play.button("Run")).to_be_visible()
    assert "close_shop" in play.text


def test_without_a_store_it_works_and_forgets(visit, site, address):
    require(site)
    with visit("about:blank") as watch:
        watch.page.add_init_script(
            "Object.defineProperty(window, 'localStorage',"
            " {get() { throw new DOMException('blocked', 'SecurityError') }})"
        )
        watch.page.goto(address + PLAYGROUND)
        bench = Bench(watch.page)
        bench.write(BASKET)
        bench.button("Reset").click()
        assert "close_shop" in bench.text
        expect(bench.button("Forget draft")).to_be_hidden()
        assert watch.errors == []


def test_the_app_is_downloaded(play):
    play.write(BASKET)
    with play.page.expect_download() as waiting:
        play.button("Download app.py").click()
    assert waiting.value.suggested_filename == "app.py"
    assert Path(waiting.value.path()).read_text("utf-8") == BASKET
    expect(play.status).to_contain_text("downloaded")


def test_an_app_of_two_blueprints_is_traced(play):
    files = {
        path.relative_to(CLUB).as_posix(): path.read_text("utf-8")
        for path in sorted(CLUB.rglob("*.*"))
        if path.suffix != ".pyc"
    }
    play.write(files.pop("app.py"))
    assert len(files) == 7
    for place, (name, text) in enumerate(files.items()):
        play.button("Add a file").click()
        play.element.get_by_label("File, beside app.py").nth(place).fill(name)
        play.element.get_by_label(f"Content of {name}", exact=True).fill(text)
    sent = {
        "GET /write": "",
        "POST /auth/join": "name=ada&password=tea",
        "POST /auth/sign-in": "name=ada&password=milk",
        "POST  /auth/sign-in": "name=ada&password=tea",
        "POST /write": "title=Tea+at+five",
        "GET /": "",
    }
    play.ask(*sent)
    rows = play.element.locator(".hb-request")
    for place, body in enumerate(sent.values()):
        if body:
            rows.nth(place).get_by_text("Headers, cookies, body").click()
            rows.nth(place).get_by_label("Body", exact=True).fill(body)
    play.run("302 FOUND, 302 FOUND, 200 OK, 302 FOUND, 302 FOUND, 200 OK")
    headers = play.result.get_by_role("group", name="Headers of response 1", exact=True)
    expect(headers).to_contain_text("Location: /auth/sign-in")
    expect(play.body(2)).to_contain_text("That is not the password.")
    expect(play.body(5)).to_contain_text("<p>Tea at five, ada</p>")
    lanes = play.traces.locator("ol.hb-flow")
    expect(lanes).to_have_count(6)
    hooks = lanes.nth(5).locator("li", has_text="before_request hook")
    expect(hooks).to_contain_text("load_member")
    closed = lanes.nth(5).locator("li", has_text="teardown_appcontext function")
    expect(closed).to_contain_text("close_db")
