"""What the search in the browser finds, and in which order."""

import re
from functools import cache

import pytest
import tomllib

from hookbook.site.search import synonyms
from hookbook.site.search.stems import stem

from .pages import DOCS, ROOT

pytestmark = pytest.mark.browser

PHRASES = tomllib.loads(
    (ROOT / "tests" / "site" / "search_phrases.toml").read_text("utf-8")
)["phrase"]
SYNONYMS = synonyms.read(DOCS / "_data" / "synonyms.toml")
KINDS = {
    "job": 29,
    "error": 110,
    "name": 19,
    "wrong name": 9,
    "typo": 14,
    "question": 30,
    "learner": 9,
    "reader": 29,
    "web": 52,
    "terminal": 17,
    "extension": 51,
    "typed": 634,
}
TAG = re.compile(
    r'<section(?P<attributes>[^>]*)>|(?P<end></section>)|#(?P<test>test_\w+)"'
)


@cache
def leaning(site):
    """Return the address of each section that leans on a test, with these tests."""
    result = {}
    for page in site.rglob("*.html"):
        name = page.relative_to(site).as_posix()
        if name.startswith("proofs/"):
            continue
        above = []
        for found in TAG.finditer(page.read_text("utf-8")):
            if found["test"]:
                ids = [anchor for anchor in above if anchor]
                # The outermost section is the page, whose address has no anchor.
                address = f"{name}#{ids[-1]}" if len(ids) > 1 else name
                result.setdefault(address, set()).add(found["test"])
            elif found["end"]:
                above.pop()
            else:
                named = re.search(r'\bid="([^"]+)"', found["attributes"])
                above.append(named and named[1])
    return result


def right(phrase, address, site):
    """Tell whether a result is one that the phrase has to find."""
    page, _, anchor = address.partition("#")
    known = {page.removesuffix(".html") + (anchor and f"#{anchor}")}
    if page.startswith("proofs/"):
        known = {f"proof:{anchor}"}
    tests = leaning(site).get(address, set())
    return bool(known & set(phrase["finds"]) or tests & set(phrase.get("tests", ())))


def wrong(found, site):
    """Say which phrases have nothing right among the first three, and what instead."""
    problems = []
    for phrase, results in found:
        addresses = [result["address"] for result in results]
        found_it = any(right(phrase, address, site) for address in addresses[:3])
        if found_it and "waits" in phrase:
            problems.append(f"{phrase['asks']!r} is found: it waits no longer")
        elif not found_it and "waits" not in phrase:
            listed = "".join(f"\n    {address}" for address in addresses[:5])
            problems.append(f"{phrase['asks']!r} finds{listed or ' nothing'}")
    return problems


def said(result):
    """Return the excerpt of a result as text."""
    return "".join(piece["text"] for piece in result["excerpt"])


@pytest.fixture(scope="module")
def ask(visit, address):
    """Return a function that asks the real index in a real page."""
    with visit(f"{address}search.html") as watch:
        watch.page.locator("#search").focus()
        # The index comes after what asks it.
        watch.page.wait_for_function(
            "() => globalThis.hookbookSearch && globalThis.hookbookIndex"
        )
        watch.page.evaluate(
            "() => { window.asked = new hookbookSearch.Search(hookbookIndex); }"
        )

        def asked(questions, most=10):
            script = "([all, most]) => all.map((one) => asked.find(one, most))"
            return watch.page.evaluate(script, [questions, most])

        asked.page = watch.page
        yield asked


def test_each_phrase_finds_its_section_among_the_first_three(ask, site):
    kinds = [phrase["kind"] for phrase in PHRASES]
    assert {kind: kinds.count(kind) for kind in kinds} == KINDS
    results = ask([phrase["asks"] for phrase in PHRASES])
    problems = wrong(zip(PHRASES, results, strict=True), site)
    assert not problems, "\n".join(problems)


def test_what_the_phrases_name_is_there(ask, site):
    sections = ask.page.evaluate(
        "() => hookbookIndex.sections.map(([page, anchor]) =>"
        " hookbookIndex.pages[page][0].replace('.html', '')"
        " + (anchor && '#' + anchor))"
    )
    proofs = {f"proof:{one.partition('#')[2]}" for one in sections if "#test_" in one}
    tests = {proof.removeprefix("proof:") for proof in proofs}
    assert len(tests) >= 900
    for phrase in PHRASES:
        known = [one for one in phrase["finds"] if one in proofs.union(sections)]
        led = set().union(*leaning(site).values()) & set(phrase.get("tests", ()))
        assert known or led, f"{phrase['asks']!r}: none of what it should find is left"
        assert set(phrase.get("tests", ())) <= tests, phrase["asks"]


@pytest.mark.canary
def test_a_phrase_that_finds_something_else_is_told(ask, site):
    phrase = {"asks": "session cookie", "finds": ["index"], "kind": "job"}
    (problem,) = wrong([(phrase, ask(["session cookie"])[0])], site)
    assert problem.startswith("'session cookie' finds\n    ")
    nothing = {"asks": "qqxxzz", "finds": ["index"], "kind": "job"}
    assert wrong([(nothing, ask(["qqxxzz"])[0])], site) == ["'qqxxzz' finds nothing"]
    waiting = {**phrase, "finds": ["versions/sessions-and-cookies"], "waits": "why"}
    (problem,) = wrong([(waiting, ask(["sessions and cookies"])[0])], site)
    assert problem == "'session cookie' is found: it waits no longer"


def test_each_synonym_finds_what_it_means(ask):
    phrases = [(phrase, one.means) for one in SYNONYMS for phrase in one.says]
    assert len(phrases) >= 200
    missed = []
    for (phrase, means), results in zip(
        phrases, ask([phrase for phrase, _ in phrases]), strict=True
    ):
        told = [
            ask.page.evaluate(
                "(text) => hookbookWords.terms(text)",
                " ".join([result["title"], said(result), *result["place"]]),
            )
            for result in results[:3]
        ]
        meant = [
            ask.page.evaluate("(text) => hookbookWords.pieces(text).flat()", name)
            for name in means
        ]
        if not any(set(words) <= set(terms) for words in meant for terms in told):
            missed.append((phrase, [result["title"] for result in results[:3]]))
    assert missed == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("before_request", "before request"),
        ("call_on_close", "call on close"),
        ("cookies", "cookie"),
        ("Blueprints", "blueprint"),
        ("handling", "handled"),
        ("session's", "sessions"),
        ("Räume", "raume"),
    ],
)
def test_forms_of_a_word_are_one_word(ask, one, other):
    first, second = ask([one, other])
    assert [r["address"] for r in first] == [r["address"] for r in second]
    assert one == "Räume" or len(first) >= 2


def test_the_index_has_the_stems_of_the_browser(ask):
    words = (
        "hooks cookies classes boxes buzzes matches wishes status this process queries"
        " ies handled handling stopped stopping needed used using cache caching carried"
        " by sky copy copies 3s the seed string"
    ).split()
    script = "(all) => all.map((one) => hookbookWords.pieces(one).flat().join(' '))"
    assert [stem(one) for one in words] == ask.page.evaluate(script, words)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("teardwon_request", "teardown_request"),
        ("contex procesor", "context processor"),
        ("middlware", "middleware"),
        ("signla", "signal"),
    ],
)
def test_a_mistake_in_typing_finds_the_name(ask, typed, name):
    first, second = ask([typed, name], 3)
    assert {r["address"] for r in first} & {r["address"] for r in second}
    missing = "(text) => asked.missing(text).alike"
    assert ask.page.evaluate(missing, typed) == [typed]
    assert ask.page.evaluate(missing, name) == []


@pytest.mark.parametrize("question", ["hook", "what is a hook"])
def test_a_word_of_the_glossary_is_explained_first(ask, question):
    (results,) = ask([question], 3)
    assert "glossary.html#term-Hook" in [result["address"] for result in results]


def test_results_with_all_words_come_first(ask):
    words = ["stream", "async", "teardown"]
    (results,) = ask([" ".join(words)], 60)
    script = "(text) => hookbookWords.terms(text)"
    sections = ask.page.evaluate("() => hookbookIndex.sections")
    pages = ask.page.evaluate("() => hookbookIndex.pages")
    have = []
    for result in results:
        page, _, anchor = result["address"].partition("#")
        (section,) = [s for s in sections if pages[s[0]][0] == page and s[1] == anchor]
        text = " ".join([pages[section[0]][1], *section[2:8]])
        terms = set(ask.page.evaluate(script, text))
        have.append((result["kind"] != "proof", len(terms & {*words})))
    guides = [count for is_guide, count in have if is_guide]
    assert guides[0] == 3
    assert guides.count(3) >= 2
    assert min(guides) <= 1
    assert guides[: guides.count(3)] == [3] * guides.count(3)


def test_each_error_comes_first_whatever_its_names(ask):
    """Entries of errors are before the list of them, and before guides."""
    entries = ask.page.evaluate(
        "() => hookbookIndex.sections.filter(([page, anchor]) => anchor &&"
        " hookbookIndex.pages[page][0].startsWith('errors/'))"
    )
    quoted = re.compile(r"(?<=')[a-z_]+(?=')|\b[a-z_]+(?=\(\))")
    missing = "has no attribute"
    titles = [
        entry[2] if missing in entry[2] else quoted.sub("mine", entry[2])
        for entry in entries
        if entry[2] != "AttributeError on g"
    ]
    assert len(titles) >= 30
    told = {entry[2] for entry in entries}
    assert len(set(titles) - told) >= 10
    misplaced = [
        (title, results[0]["address"])
        for title, results in zip(titles, ask(titles), strict=True)
        if not results[0]["address"].startswith("errors/")
        or "#" not in results[0]["address"]
    ]
    assert misplaced == []


def test_lists_of_links_are_below_what_they_lead_to(ask):
    lists = {"errors/index.html", "recipes/index.html", "index.html"}
    lists.add("versions/index.html#all-changes")
    results = ask([phrase["asks"] for phrase in PHRASES])
    first = [
        (phrase["asks"], found[0]["address"])
        for phrase, found in zip(PHRASES, results, strict=True)
        if found[0]["address"] in lists
    ]
    # German for an error message: the list of them is what is asked for.
    assert first in ([], [("fehlermeldung", "errors/index.html")])
    (named,) = ask(["error messages"])
    assert named[0]["address"] == "errors/index.html"


def test_proofs_are_found_below_what_they_prove(ask):
    (results,) = ask(["after_request hooks run in reverse order"], 1000)
    kinds = [result["kind"] for result in results]
    assert kinds[0] == "guide"
    assert kinds.count("proof") >= 3
    (named,) = ask(["test_after_request_hooks_run_in_reverse_order"])
    assert "#test_after_request_hooks_run_in_reverse_order" in named[0]["address"]
    assert named[0]["kind"] == "proof"


def test_marks_are_in_no_result(ask):
    told = ask.page.evaluate("() => JSON.stringify(hookbookIndex.sections)")
    assert "Proof 1" not in told
    assert not re.search(r"[a-z][.,;]\d{1,2}(?: [A-Z]|\")", told)


def test_excerpts_are_around_what_was_asked_for_and_mark_it(ask):
    (results,) = ask(["vary header cors"], 8)
    assert len(results) == 8
    marked = [
        {piece["text"].lower() for piece in result["excerpt"] if piece["marked"]}
        for result in results
    ]
    assert all(len(said(result)) <= 160 for result in results)
    assert set().union(*marked) >= {"vary", "cors"}
    assert sum(bool(words) for words in marked) >= 6
    # Far down in a section, in the middle of a sentence.
    script = (
        "([texts, words]) => hookbookExcerpt.excerpt(texts,"
        " words.map((word) => ({ terms: new Set([word]), weight: 1 })))"
    )
    text = f"Begins so. {'Much is said. ' * 30}And{' much' * 40} odd <b>end</b>."
    pieces = ask.page.evaluate(script, [["", text], ["odd"]])
    assert [piece["text"] for piece in pieces if piece["marked"]] == ["odd"]
    assert pieces[0]["text"] == "… "
    pieces = ask.page.evaluate(script, [["About it.", text], ["said"]])
    assert said({"excerpt": pieces}).startswith("Begins so. Much is said. ")
    assert said({"excerpt": pieces}).endswith(" …")
    pieces = ask.page.evaluate(script, [["About it.", text], ["nowhere"]])
    assert pieces == [{"text": "About it.", "marked": False}]
    assert ask.page.evaluate(script, [["", ""], ["a"]]) == []
