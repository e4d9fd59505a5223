"""Modes, minutes, navigation and heads, on small sites made for each case."""

import re
from pathlib import Path
from types import SimpleNamespace

import html5lib
import pytest
from docutils.core import publish_doctree
from sphinx.testing.util import SphinxTestApp

from hookbook.site.static_files import join
from hookbook.site.theme import reading

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "docs" / "_templates"

CONF = f"""
extensions = ["myst_parser", "notfound.extension", "theme_only"]
html_theme = "furo"
templates_path = [{str(TEMPLATES)!r}]
html_baseurl = "https://hookbook.test/base/"
notfound_template = "404.html"
notfound_urls_prefix = "/base/"
hookbook_require_description = True
"""

THEME_ONLY = """
from hookbook.site import theme

def setup(app):
    theme.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""


def page(title, mode=None, text="Text.", description="A page."):
    front = [f"description: {description}"] if description else []
    front += [f"mode: {mode}"] if mode else []
    return "\n".join(["---", *front, "---", f"# {title}", "", text, ""])


def toctree(*names):
    return "\n".join(["```{toctree}", *names, "```"])


@pytest.fixture
def make(tmp_path, monkeypatch):
    """Return a function that writes pages and builds what needs building."""
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "theme_only.py").write_text(THEME_ONLY)
    monkeypatch.syspath_prepend(tmp_path)

    def build(pages, parallel=0):
        for name, text in pages.items():
            path = tmp_path / f"{name}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        app = SphinxTestApp("html", srcdir=tmp_path, parallel=parallel)
        app.warning.truncate(0)
        read = []
        app.connect("source-read", lambda app, name, source: read.append(name))
        try:
            app.build()
            return SimpleNamespace(
                warnings=app.warning.getvalue(),
                read=sorted(read),
                html=lambda name: (app.outdir / name).read_text(encoding="utf-8"),
                find=lambda name, *path: find(app.outdir / name, *path),
            )
        finally:
            app.cleanup()

    return build


def find(file, label):
    """Return the texts of the links in the navigation of that label."""
    tree = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    for nav in tree.iter("nav"):
        if nav.get("aria-label") == label:
            return [
                (" ".join("".join(a.itertext()).split()), a.get("aria-current"))
                for a in nav.iter("a")
            ]
    return []


def guide(**texts):
    """Return a site of one guide with these modes."""
    pages = {f"guide/{name}": page(name, name, text) for name, text in texts.items()}
    return {
        "index": page("Home", text=toctree("guide/index", "other/index")),
        "guide/index": page("Guide", text=toctree(*texts)),
        "other/index": page("Other"),
        **pages,
    }


def words(minutes):
    return "word " * (minutes * reading.WORDS_PER_MINUTE - 20)


def test_the_bar_has_the_modes_in_their_order(make):
    built = make(guide(review="Text.", visualize=words(3), learn=words(2)))
    assert built.warnings == ""
    assert built.find("guide/visualize.html", "Learning modes") == [
        ("Learn 2 min", None),
        ("Visualize 3 min", "page"),
        ("Review 1 min", None),
    ]
    assert "3 min read" in built.html("guide/visualize.html")


def test_the_bar_stands_on_every_page_of_the_guide_and_nowhere_else(make):
    built = make(guide(learn="Text.", why="Text."))
    assert len(built.find("guide/index.html", "Learning modes")) == 2
    assert built.find("index.html", "Learning modes") == []
    assert built.find("other/index.html", "Learning modes") == []


def test_topics_of_a_page_show_its_mode_and_are_no_second_page_of_it(make):
    topic = {"guide/why/speed": page("Guide: Speed", "why", "Text.")}
    pages = guide(learn="Text.") | topic
    built = make(pages | {"guide/why": page("Guide: Why", "why", toctree("why/speed"))})
    built = make({"guide/index": page("Guide", text=toctree("learn", "why"))})
    assert built.warnings == ""
    assert built.find("guide/why/speed.html", "Learning modes") == [
        ("Learn 1 min", None),
        ("Why 1 min", "true"),
    ]
    entries = built.find("guide/why/speed.html", "Site")
    assert ("Speed", "page") in entries
    assert ("Why", None) in entries


def test_the_name_of_a_section_is_what_precedes_the_colon(make):
    built = make(guide() | {"other/index": page("Other: Learn")})
    assert ("Other", "page") in built.find("other/index.html", "Site")


TASKS = "\n\n".join(["```{container} hb-task\nDo it.\n```"] * 2)


def test_pages_with_tasks_say_how_many_in_place_of_minutes(make):
    one = "```{container} hb-question\nWhat?\n```"
    built = make(guide(**{"try-it": TASKS, "challenge": one, "learn": TASKS}))
    assert built.find("guide/learn.html", "Learning modes") == [
        ("Learn 1 min", "page"),
        ("Try it 2 tasks", None),
        ("Challenge 1 problem", None),
    ]
    assert ">2 tasks</p>" in built.html("guide/try-it.html")


def test_nine_modes():
    assert len(reading.MODES) == 9
    assert list(reading.MODES.values())[3] == "Deep dive"


def test_siblings_are_written_again_when_minutes_change(make):
    make(guide(learn="Text.", why="Text."))
    built = make({"guide/why": page("why", "why", words(4))})
    assert built.read == ["guide/why"]
    assert ("Why 4 min", None) in built.find("guide/learn.html", "Learning modes")
    assert ("Why 4 min", None) in built.find("guide/index.html", "Learning modes")


def test_siblings_are_written_again_when_a_mode_changes(make):
    make(guide(learn="Text.", why="Text."))
    built = make({"guide/why": page("why", "review")})
    assert built.find("guide/learn.html", "Learning modes")[1] == (
        "Review 1 min",
        None,
    )


def test_sidebars_are_written_again_when_a_title_changes(make):
    make(guide(learn="Text."))
    built = make({"other/index": page("Renamed")})
    assert built.read == ["other/index"]
    assert ("Renamed", None) in built.find("guide/learn.html", "Site")


def test_parallel_readers_find_the_same(make):
    pages = guide(**{name: words(2) for name in reading.MODES})
    pages |= {f"other/{i}": page(f"Filler {i}") for i in range(20)}
    pages["other/index"] = page("Other", text=toctree(*map(str, range(20))))
    built = make(pages, parallel=2)
    assert built.warnings == ""
    assert len(built.find("guide/why.html", "Learning modes")) == 9


@pytest.mark.canary
def test_an_unknown_mode_names_file_and_line(make):
    built = make(guide(learn="Text.") | {"guide/learn": page("A", "lern")})
    assert re.search(r"guide/learn\.md:3: WARNING: unknown .* 'lern'", built.warnings)
    assert "use one of: learn, why, visualize" in built.warnings


@pytest.mark.canary
def test_two_pages_of_a_mode_name_both(make):
    extra = {"guide/more": page("More", "learn")}
    index = {"guide/index": page("Guide", text=toctree("learn", "more"))}
    built = make(guide(learn="Text.") | extra | index)
    assert re.search(
        r"guide/more\.md:3: WARNING: second page .* guide/learn\.md already has it",
        built.warnings,
    )


@pytest.mark.canary
def test_a_missing_description_is_a_warning(make):
    built = make(guide() | {"other/index": page("Other", description=None)})
    assert re.search(r"other/index\.md:1: WARNING: no description", built.warnings)


@pytest.mark.canary
def test_minutes_of_an_unknown_page_are_a_warning(make):
    built = make(guide() | {"other/index": page("Other", text="{minutes}`nowhere`")})
    assert "other/index.md:6: WARNING: {minutes} of an unknown" in built.warnings


def test_minutes_in_prose_follow_the_page(make):
    quoting = page("Other", text="Takes {minutes}`../guide/learn`.")
    make(guide(learn="Text.") | {"other/index": quoting})
    built = make({"guide/learn": page("learn", "learn", words(5))})
    assert built.warnings == ""
    assert "Takes 5 min." in built.html("other/index.html")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("word " * 200, 1),
        ("word " * 201, 2),
        ("::\n\n" + "   code\n" * 40, 1),
        ("::\n\n" + "   code\n" * 41, 2),
        (".. " + "comment " * 900, 1),
    ],
)
def test_minutes(text, expected):
    assert reading.minutes(publish_doctree(text)) == expected


def test_the_sidebar_shows_sections_and_the_pages_of_the_current_one(make):
    built = make(guide(learn="Text.", why="Text."))
    brand, *entries = built.find("guide/learn.html", "Site")
    assert brand == ("Project name not set", None)
    assert entries == [
        ("Guide", None),
        ("learn", "page"),
        ("why", None),
        ("Other", None),
    ]
    titles = [title for title, _ in built.find("other/index.html", "Site")]
    assert titles[1:] == ["Guide", "Other"]


def test_a_page_is_as_large_in_a_site_ten_times_larger(make):
    def section(place, pages):
        names = [f"p{i}" for i in range(pages)]
        result = {f"s{place}/{name}": page(name) for name in names}
        return result | {f"s{place}/index": page(f"S{place}", text=toctree(*names))}

    def site(sections):
        names = [f"s{place}/index" for place in range(sections)]
        result = {"index": page("Home", text=toctree(*names))}
        for place in range(sections):
            result |= section(place, 5)
        return result

    small = make(site(1)).html("s0/p0.html")
    large = make(site(10)).html("s0/p0.html")
    # Nine more sections are nine more links, and no more than that.
    assert large.count("<a ") - small.count("<a ") == 9


def test_a_description_is_told_once_and_escaped(make):
    site = guide() | {"other/index": page("Other", description="'A \"b\" <c>'")}
    html = make(site).html("other/index.html")
    assert html.count('name="description"') == 1
    assert 'content="A &quot;b&quot; &lt;c&gt;"' in html


def test_what_can_scroll_can_be_reached(make):
    wide = "x" * 40
    text = f"```text\n{wide}\n```\n\n```text\nx\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    html = make(guide() | {"other/index": page("Other", text=text)}).html(
        "other/index.html"
    )
    assert html.count('<pre tabindex="0">') == 1
    assert html.count("<pre>") == 1
    assert html.count('<div tabindex="0" role="group" aria-label="Table"') == 1


def test_the_table_of_an_id_has_it_alone(make):
    table = "```{list-table} Caption\n:name: values\n* - a\n```"
    html = make(guide() | {"other/index": page("Other", text=table)}).html(
        "other/index.html"
    )
    assert html.count('id="values"') == 1


def test_pages_load_what_they_use(make):
    built = make(guide())
    assert "doctools.js" not in built.html("other/index.html")
    assert "doctools.js" not in built.html("search.html")
    assert "pygments.css" not in built.html("other/index.html")


def test_the_sitemap_lists_every_page_in_order_after_any_build(make):
    make(guide(learn="Text."))
    sitemap = make({"other/index": page("Again")}).html("sitemap.xml")
    assert re.findall("<loc>(.*)</loc>", sitemap) == [
        "https://hookbook.test/base/guide/index.html",
        "https://hookbook.test/base/guide/learn.html",
        "https://hookbook.test/base/index.html",
        "https://hookbook.test/base/other/index.html",
    ]


def test_the_not_found_page_starts_at_the_root(make):
    html = make(guide(learn="Text.")).html("404.html")
    links = re.findall(r'(?:href|src)="([^"#:]+)"', html)
    assert len(links) >= 8
    assert [link for link in links if not link.startswith("/base/")] == []


STYLES = join(ROOT / "docs" / "_static" / "hookbook.css", [])
COLOURS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(
        r"--hb-([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", STYLES
    )
}
GROUNDS = [
    "paper",
    "paper-raised",
    "accent-soft",
    "changed-soft",
    "good-soft",
    "bad-soft",
    "current-soft",
]
TEXTS = [
    name
    for name in COLOURS
    if name not in GROUNDS and name not in {"rule", "rule-strong", "focus"}
]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_is_computed_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_reads_on_every_ground(scheme):
    assert len(TEXTS) == 11
    weak = {
        (text, ground): round(ratio, 2)
        for text in TEXTS
        for ground in GROUNDS
        if (ratio := contrast(COLOURS[text][scheme], COLOURS[ground][scheme])) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mark", ["rule-strong", "focus"])
def test_marks_stand_out(mark, scheme):
    for ground in ("paper", "paper-raised"):
        assert contrast(COLOURS[mark][scheme], COLOURS[ground][scheme]) >= 3


def test_the_styles_use_no_colour_of_their_own():
    rules = re.sub(r"/\*.*?\*/", "", STYLES, flags=re.DOTALL)
    rules = re.sub(r"--hb-[\w-]+:[^;]+;", "", rules)
    assert re.findall(r"#[0-9a-f]{3,8}\b", rules) == []
