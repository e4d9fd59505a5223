"""Each gate lets a good page pass and trips over a page made to trip it."""

from contextlib import contextmanager

import pytest

from hookbook.site import chromium

from . import gates
from .server import serve

pytestmark = pytest.mark.browser

GOOD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Good</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"></head>
<body><a href="#main">Skip to content</a>
<main id="main" tabindex="-1"><h1>Good</h1>{body}</main></body></html>
"""

LONG = "x" * 500
GREY = '<link rel="stylesheet" href="bad.css"><p class="grey">Hard to read</p>'

LOOK = '<link rel="stylesheet" href="bad.css">'
MANY = "<p>Easy</p>" * 3

# The gate, what is put into the good page's content, and a word of the finding.
BAD_PAGES = {
    "contrast": (gates.axe, GREY, "color-contrast"),
    "contrast of one among many": (
        gates.axe,
        f"{LOOK}{MANY}<div class='dark'><p>Hard</p></div>{MANY}",
        "color-contrast",
    ),
    "contrast of one that was hidden where it came first": (
        gates.axe,
        f"{LOOK}<p class='grey' hidden>Hard</p>{MANY}<p class='grey'>Hard</p>{MANY}",
        "color-contrast",
    ),
    "contrast of what floats": (
        gates.axe,
        f"{LOOK}<p class='floats'>Easy</p><p class='dark tall'></p>"
        f"<p class='floats down'>Hard</p><p class='floats'>Easy</p>",
        "color-contrast",
    ),
    "contrast in the dark": (
        gates.axe_in_the_dark,
        f"{LOOK}{MANY}<p class='night'>Hard</p>{MANY}",
        "color-contrast",
    ),
    "nameless button in the dark": (
        gates.axe_in_the_dark,
        f"{LOOK}<button class='by-night'></button>",
        "button-name",
    ),
    "nameless button": (gates.axe, "<button></button>", "button-name"),
    "width": (gates.sideways, f"<p>{LONG}</p>", "pixels wide"),
    "broken word": (
        gates.broken_words,
        f"{LOOK}<h2 class='tight'>one copy_current_request_context</h2>",
        "'copy_current_request_context' is broken",
    ),
    "scroller": (
        gates.scrollers,
        f'<link rel="stylesheet" href="bad.css"><div class="scrolls">{LONG}</div>',
        "scrolls",
    ),
    "unmarked focus": (
        gates.keyboard,
        '<link rel="stylesheet" href="bad.css"><a class="unmarked" href="#a">a</a>',
        "no mark of the focus",
    ),
    "focus out of sight": (
        gates.keyboard,
        '<link rel="stylesheet" href="bad.css"><a class="away" href="#a">a</a>',
        "out of sight",
    ),
    "order": (
        gates.keyboard,
        '<a href="#a">a</a><a tabindex="1" href="#b">b</a>',
        "the order of the stops",
    ),
    "trap": (
        gates.keyboard,
        '<input aria-label="trap"><script src="bad.js"></script>',
        "a trap",
    ),
    "dead control": (gates.dead_controls, "<button>Copy</button>", "Copy"),
    "head": (gates.head, "", "og:title: 0"),
}

BAD_LOADS = {
    "inline script": (gates.policy, "<script>1</script>", "script-src-elem inline"),
    "inline style": (gates.policy, '<p style="color: red">a</p>', "style-src-attr"),
    "other host": (
        gates.other_hosts,
        '<img alt="" src="http://other.invalid/a.png">',
        "other.invalid",
    ),
    "console": (gates.console, '<script src="throws.js"></script>', "thrown"),
    "missing file": (gates.console, '<img alt="" src="missing.png">', "missing.png"),
}

BAD_MARKUP = {
    "parse error": ("<p><div></p></div>", "unexpected-end-tag"),
    "doubled id": ('<p id="a"></p><p id="a"></p>', "'a' 2 times"),
    "two fragments": ('<a href="##search">a</a>', "no address: ##search"),
    "combobox": ('<input type="search" role="combobox">', "may be no combobox"),
    "style attribute": ('<p style="color: red">a</p>', "inline style on <p>"),
    "style element": ("<style>p {}</style>", "inline style on <style>"),
    "inline script": ("<script>1</script>", "inline script"),
    "inline script of a type": ('<script type="module">1</script>', "inline script"),
    "data with an address": (
        '<script type="application/ld+json" nonce="a">{}</script>',
        "inline script",
    ),
    "data that is none": (
        '<script type="application/ld+json">{a}</script>',
        "JSON-LD: Expecting",
    ),
    "handler": ('<p onclick="a()">a</p>', "onclick"),
    "no alt": ('<img src="a.png">', "no alt: a.png"),
    "label for nothing": ('<label for="x">a</label>', "for names no element: x"),
    "two h1": ("<h1>Another</h1>", "2 headings of the first level"),
    "heading skipped": ("<h3>Deep</h3>", "h3 follows h1"),
}

FILES = {
    "bad.css": """
        .grey { color: #ccc; background: #fff; }
        .dark { background: #222; }
        .tall { height: 5rem; }
        .floats { position: absolute; top: 0; left: 50%; margin: 0; }
        .floats.down { top: auto; transform: translateY(-3rem); }
        .by-night { display: none; }
        @media (prefers-color-scheme: dark) {
          .night { color: #ccc; }
          .by-night { display: block; }
        }
        .scrolls { width: 5rem; overflow-x: auto; }
        .tight { width: 8rem; overflow-wrap: anywhere; }
        .unmarked:focus { outline: none; }
        .far { position: absolute; top: 4000px; }
        .away { position: absolute; left: -9999px; }
    """,
    "bad.js": """
        document.querySelector("input").addEventListener("keydown", (event) => {
          if (event.key === "Tab") event.preventDefault();
        });
    """,
    "writes.js": 'document.querySelector("main").append(" written")',
    "throws.js": 'throw new Error("thrown");',
    "late.js": """
        const back = () => requestAnimationFrame(() => scrollTo(0, 0));
        document.querySelector(".far").addEventListener("focus", back, { once: true });
    """,
}


@pytest.fixture
def show(visit, tmp_path):
    """Return a context manager that opens the good page with a body put in."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)

    @contextmanager
    def shown(body, **options):
        (tmp_path / "page.html").write_text(GOOD.format(body=body))
        with serve(tmp_path) as url, visit(url + "page.html", **options) as watch:
            yield watch

    return shown


def test_good_page_passes(show):
    with show('<p>Text with <a href="#main">a link</a>.</p>') as watch:
        for gate in (gates.policy, gates.console, gates.other_hosts, gates.weight):
            assert gate(watch) == [], gate
        for gate in (gates.axe, gates.sideways, gates.scrollers, gates.keyboard):
            assert gate(watch.page) == [], gate
    with show("<p>Text</p>") as watch:
        assert gates.skip_link(watch.page) == []
    assert gates.markup(GOOD.format(body="<h2>Next</h2>")) == []
    name = f"{LOOK}<h2 class='tight'>one two copy_<wbr>current_<wbr>context</h2>"
    with show(name) as watch:
        assert gates.broken_words(watch.page) == []


def test_a_script_that_scrolls_late_hides_no_stop(show):
    body = """<link rel="stylesheet" href="bad.css"><a class="far" href="#a">a</a>
        <a href="#b">b</a><script src="late.js"></script>"""
    with show(body) as watch:
        assert gates.keyboard(watch.page) == []


@pytest.mark.canary
@pytest.mark.parametrize("case", BAD_PAGES)
def test_bad_page_trips(show, case):
    gate, body, expected = BAD_PAGES[case]
    with show(body) as watch:
        assert expected in "\n".join(gate(watch.page))


@pytest.mark.canary
@pytest.mark.parametrize("case", BAD_LOADS)
def test_bad_load_trips(show, case):
    gate, body, expected = BAD_LOADS[case]
    with show(body) as watch:
        assert expected in "\n".join(gate(watch))


@pytest.mark.canary
@pytest.mark.parametrize("case", BAD_MARKUP)
def test_bad_markup_trips(case):
    body, expected = BAD_MARKUP[case]
    assert expected in "\n".join(gates.markup(GOOD.format(body=body)))


@pytest.mark.canary
def test_heavy_page_trips(show):
    with show("<p>Text</p>") as watch:
        assert "bytes of 100" in gates.weight(watch, budget=100)[0]


@pytest.mark.canary
def test_what_a_script_fetches_has_weight(show):
    with show("<p>Text</p>") as watch:
        before = gates.weight(watch, budget=0)
        watch.page.evaluate("fetch('writes.js').then((one) => one.text())")
        assert gates.weight(watch, budget=0) != before


@pytest.mark.canary
def test_missing_skip_link_trips(show):
    with show("") as watch:
        watch.page.evaluate("document.querySelector('a').href = 'elsewhere.html'")
        assert "leads to" in gates.skip_link(watch.page)[0]


@pytest.mark.canary
def test_text_only_a_script_writes_is_noticed(show):
    texts = []
    for scripts in True, False:
        with show('<p>Text</p><script src="writes.js"></script>', scripts=scripts) as w:
            texts.append(gates.main_text(w.page))
    assert texts[0] - texts[1] == {"written": 1}


@pytest.mark.canary
def test_missing_browser_fails_and_says_what_to_do():
    with pytest.raises(RuntimeError, match="apt-get install chromium-headless-shell"):
        chromium.find(["no-such-browser"])
