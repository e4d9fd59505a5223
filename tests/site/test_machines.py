"""What programs read: Markdown beside each page, ``llms.txt``, and JSON-LD."""

import json
import re

import html5lib
import pytest
from docutils import nodes
from markdown_it import MarkdownIt

from hookbook.corpus import snippets
from hookbook.site.machines import linked_data
from hookbook.site.machines.blocks import Blocks, fence, heading, quote
from hookbook.site.machines.inline import at_start, code, escape
from tests.project import CLAIMS, FIXTURES, Project

BASE = "https://hookbook.test/base/"
pytestmark = pytest.mark.filterwarnings(
    "ignore:'myst_parser.sphinx_ext.myst_refs:"
    "sphinx.deprecation.RemovedInSphinx11Warning"
)

PLAIN = {"inline", "paragraph_open", "paragraph_close", "text", "text_special"}
PAGES = {"index", "snippets", "traces", "quiz", "other", "hostile", "sub/errors"}
PROOFS = {"proofs/index", "proofs/test-claims"}
CARD = CLAIMS.replace('Know."""', 'Know.\n\n    Question: Do you?\n    """')
HOSTILE = """---
description: "Ends with </script><b>, has `ticks`, a [bracket](x) and \\"{{ x }}\\"."
---

# A `</script>` in *a* title | `pipe` \\#

```{cards}
test_known
```

1\\. No list. 2 * 3 * 4, a_b, \\_\\_init__, &amp;amp; and <https://example.com/a_(b)?q=1&r=2>.

| `a\\|b`, really | One |
|---|---|
| `` a\\|b `tick` `` | x [y](sub/errors.md#fix-it) |

- ```text
  in a list
  ```
- Second

:::{note}
Look [there](sub/errors.md).
:::

````text
```
inner {{ braces }} <b>
```
````
"""
ERRORS = """---
description: Errors.
---

# Errors

(fix-it)=
## `It broke.`

**Cause.** You did *it*.{proof}`test_known`

**Fix.** Do `not`, as [there](../hostile.md).
"""


def make(folder, **config):
    project = Project.copy("passing", folder)
    project.write("tests/behaviour/test_claims.py", CARD)
    project.write("docs/hostile.md", HOSTILE)
    project.write("docs/sub/errors.md", ERRORS)
    index = project.root / "docs" / "index.md"
    text = index.read_text("utf-8").replace("other\n", "other\nhostile\nsub/errors\n")
    index.write_text(f"---\ndescription: All\n  of it.\n---\n\n{text}", "utf-8")
    return project.build(hookbook_style="", **config)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return make(tmp_path_factory.mktemp("machines"), html_baseurl=BASE)


def tokens(markdown):
    """Return what a reader of Markdown finds, HTML included, as a flat list."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    found = []
    for token in parser.parse(markdown):
        found += [token, *(token.children or [])]
    return found


def kinds(markdown, kind):
    return [token for token in tokens(markdown) if token.type == kind]


def fences(markdown):
    return [token.content.removesuffix("\n") for token in kinds(markdown, "fence")]


def links(markdown):
    return [token.attrs["href"] for token in kinds(markdown, "link_open")]


def prose(markdown):
    """Return the text of a page without its code."""
    texts = [t.content for t in tokens(markdown) if t.type.startswith("text")]
    return "".join(texts)


def data(built, name):
    """Return what the head of a page says in JSON-LD."""
    tree = html5lib.parse(built.text(f"{name}.html"), namespaceHTMLElements=False)
    (script,) = (
        one for one in tree.iter("script") if one.get("type") == "application/ld+json"
    )
    return json.loads(script.text)


def written(built, suffix):
    root = built.app.outdir
    return {
        path.relative_to(root).with_suffix("").as_posix()
        for path in root.rglob(f"*{suffix}")
        if "_static" not in path.parts and "_sources" not in path.parts
    }


def test_every_page_has_its_markdown_and_names_it(built):
    assert written(built, ".md") == PAGES | PROOFS
    for name in PAGES | PROOFS:
        tree = html5lib.parse(built.text(f"{name}.html"), namespaceHTMLElements=False)
        (link,) = (e for e in tree.iter("link") if e.get("rel") == "alternate")
        assert link.get("type") == "text/markdown"
        assert link.get("href") == f"{name.rpartition('/')[2]}.md"
    assert "alternate" not in built.text("search.html")


def test_nothing_of_the_page_s_own_machinery_is_left(built):
    for name in PAGES | PROOFS:
        page = built.text(f"{name}.md")
        found = {token.type for token in tokens(page)}
        assert found.isdisjoint({"html_block", "html_inline"}), name
        assert page.startswith("# ")
        assert page.endswith("\n")
        assert not page.endswith("\n\n")
        if name not in PROOFS | {"hostile"}:
            assert "{{" not in page
            assert "hb-" not in page


def test_code_is_that_of_the_snippet_and_the_output_follows(built):
    root = FIXTURES / "passing" / "snippets"
    hello = snippets.load(root, "good/hello")
    visits = snippets.load(root, "good/visits")
    said = fences(built.text("snippets.md"))
    codes = ["\n".join(one.lines.values()) for one in (hello, visits)]
    assert said[0] == codes[0]
    assert said[1:3] == [
        'response = app.test_client().get("/")\nprint(response.text)',
        "Hello",
    ]
    assert codes[1] in said
    assert len(said) == 9
    page = built.text("snippets.md")
    (first, *_) = (link for link in links(page) if "/_downloads/" in link)
    assert first.startswith(f"{BASE}_downloads/")
    assert (built.app.outdir / first.removeprefix(BASE)).is_file()


def test_a_trace_is_an_ordered_list_of_its_steps(built):
    page = built.text("traces.md")
    assert page.count("\n1. Request received GET /\n") == 4
    assert "\n3. View function `index`\n" in page
    assert "\n   - `response.headers[X-Hello] = World`\n" in page
    assert "Execution table" not in page
    assert kinds(page, "table_open") == []
    assert "**Request 1, GET /**" in page
    assert page.count("Its steps are listed above") == 1


def test_questions_have_their_choices_and_answers(built):
    page = built.text("quiz.md")
    place = 0
    for part in (
        "**Question 1**", "What does *it* print?", "- **A.** `Bye`", "- **B.** `Hello`",
        "**Hint**", "Look at the `view`.", "**Answer**", "- **A.** **No.** That is",
        "- **B.** **Right.** The view", "**Question 2**", "first\n  second",
        "- **B.** It **is**.", "Proven by `test_known`.",
    ):  # fmt: skip
        place = page.find(part, place)
        assert place > 0, part


def test_hostile_text_stays_text(built):
    page = built.text("hostile.md")
    first, *_ = page.splitlines()
    assert first == "# A `</script>` in *a* title | `pipe` \\#"
    assert "1. No list. 2 * 3 * 4, a_b, __init__, &amp; and" in prose(page)
    assert kinds(page, "ordered_list_open") == []
    assert fences(page) == ["in a list", "```\ninner {{ braces }} <b>\n```"]
    assert "https://example.com/a_%28b%29?q=1&r=2" in links(page)
    assert f"{BASE}sub/errors.md#fix-it" in links(page)
    assert len(kinds(page, "th_open")) == 2
    assert len(kinds(page, "td_open")) == 2
    assert "a|b" in [token.content for token in kinds(page, "code_inline")]
    assert "> **Note**\n>\n> Look [there]" in page
    assert "**Do you?**\n\nKnow." in page
    quoted = kinds(page, "blockquote_open")
    assert len(quoted) == 2
    assert "Ends with </script><b>, has `ticks`, a [bracket](x)" in prose(page)


def test_the_list_has_every_page_once(built):
    text = built.text("llms.txt")
    listed = re.findall(
        rf"^- \[.*\]\({re.escape(BASE)}(.*)\.md\)(?:: .+)?$", text, re.M
    )
    assert sorted(listed) == sorted(PAGES | PROOFS)
    assert text.startswith("# Fixture\n\n> All of it.\n\n")
    assert re.findall(r"^## (.*)$", text, re.M) == ["Pages", "Optional"]
    assert set(listed[-2:]) == PROOFS
    assert listed[0] == "index"
    assert f"- [Errors]({BASE}sub/errors.md): Errors.\n" in text
    assert {token.type for token in tokens(text)}.isdisjoint({"html_inline"})
    levels = [token.tag for token in tokens(text) if token.type == "heading_open"]
    assert levels == ["h1", "h2", "h2"]


def test_one_file_has_the_text_of_every_page(built):
    whole = built.text("llms-full.txt")
    for name in PAGES | PROOFS:
        assert whole.count(built.text(f"{name}.md")) == 1, name
    assert whole.startswith("# Fixture\n\n> All of it.\n")


def test_hosts_send_them_with_the_headers_of_pages(built):
    rules = re.findall(
        r"^(/\S*)\n  Content-Security-Policy: ", built.text("_headers"), re.M
    )
    assert {"/index.md", "/llms.txt", "/llms-full.txt", "/sub/*"} <= set(rules)
    assert len(rules) == len(set(rules))


def test_the_head_says_what_the_page_is(built):
    found = data(built, "sub/errors")
    assert found["@context"] == "https://schema.org"
    page, asked = found["@graph"]
    assert page == {
        "@type": "TechArticle",
        "headline": "Errors",
        "description": "Errors.",
        "inLanguage": "en",
        "isPartOf": {"@type": "WebSite", "name": "Fixture", "url": BASE},
        "url": f"{BASE}sub/errors.html",
    }
    assert asked["@type"] == "FAQPage"
    (question,) = asked["mainEntity"]
    assert question["name"] == "It broke."
    told = "Cause. You did it. Fix. Do not, as there."
    assert question["acceptedAnswer"] == {"@type": "Answer", "text": told}


def test_a_hostile_title_does_not_end_the_data(built):
    page, asked = data(built, "hostile")["@graph"]
    assert page["headline"] == "A </script> in a title | pipe #"
    assert page["description"].startswith("Ends with </script><b>, has `ticks`")
    assert asked["mainEntity"][0]["name"] == "Do you?"
    html = built.text("hostile.html")
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert set(script).isdisjoint("<>&")


def test_the_other_pages_have_no_questions(built):
    for name in PAGES - {"hostile", "sub/errors"}:
        (page,) = data(built, name)["@graph"]
        assert page["@type"] == "TechArticle"
        assert page["url"] == f"{BASE}{name}.html"


def test_without_a_base_address_links_are_relative(tmp_path):
    built = make(tmp_path)
    page = built.text("sub/errors.md")
    assert links(page) == ["errors.html", "../hostile.md"]
    assert "- [Errors](sub/errors.md): Errors.\n" in built.text("llms.txt")
    page, _ = data(built, "sub/errors")["@graph"]
    assert "url" not in page
    assert page["isPartOf"] == {"@type": "WebSite", "name": "Fixture"}


def test_two_builds_have_the_same_bytes(built, tmp_path):
    again = make(tmp_path / "deep" / "er", parallel=2, html_baseurl=BASE)
    names = [f"{name}.md" for name in PAGES | PROOFS] + ["llms.txt", "llms-full.txt"]
    assert [name for name in names if built.text(name) != again.text(name)] == []


def test_a_page_that_changes_changes_its_own_and_the_list(tmp_path):
    before = make(tmp_path)
    texts = {name: before.text(f"{name}.md") for name in PAGES}
    project = Project(tmp_path)
    changed = ERRORS.replace("Errors.", "All errors.").replace("You did", "They did")
    project.write("docs/sub/errors.md", changed)
    after = project.build(hookbook_style="")
    assert after.read == ["sub/errors"]
    differ = {name for name in PAGES if after.text(f"{name}.md") != texts[name]}
    assert differ == {"sub/errors"}
    assert "(sub/errors.md): All errors.\n" in after.text("llms.txt")
    assert "**Cause.** They did *it*." in after.text("llms-full.txt")
    assert "**Cause.** You did" not in after.text("llms-full.txt")


def test_a_page_that_is_left_out_leaves_no_markdown(tmp_path):
    built = make(tmp_path)
    stale = built.app.outdir / "playground.md"
    stale.write_text("# Play")
    project = Project(tmp_path)
    project.build(hookbook_style="", hookbook_runner_pages=["playground"])
    assert not stale.exists()


def test_only_the_site_has_files_for_programs(tmp_path):
    built = make(tmp_path)
    text = Project(tmp_path).build("text", hookbook_style="")
    assert written(text, ".md") == set()
    assert not (text.app.outdir / "llms.txt").exists()
    assert (built.app.outdir / "llms.txt").exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "`a`"),
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        ("``a", "``` ``a ```"),
        (" a ", "`  a  `"),
        (" ", "` `"),
        ("a\nb", "`a b`"),
        ("a*b_<c>", "`a*b_<c>`"),
    ],
)
def test_code_in_a_line_is_what_it_was(text, expected):
    assert code(text) == expected
    (token,) = kinds(expected, "code_inline")
    assert token.content == text.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    ["# a", "- a", "+ a", "* a", "> a", "1. a", "12) a", "---", "===", "```", "~~~ a",
     "    a", "<b>a</b>", "[a]: b", "![a](b)", "&lt;", "\\a", "a\\", "*a* _b_ **c**",
     "__init__", "a_b_c", "<!-- a -->", "- ", "#"],
)  # fmt: skip
def test_text_is_what_it_was(text):
    found = tokens(at_start(escape(text.strip())))
    assert {token.type for token in found} <= PLAIN
    shown = [token.content for token in found if token.type.startswith("text")]
    assert "".join(shown) == text.strip()


@pytest.mark.parametrize("text", ["a", "```", "a\n````\nb", "", "~~~\n   x\n\n\n"])
def test_a_fence_holds_whatever_is_in_it(text):
    (token,) = kinds(fence(text, "python"), "fence")
    assert (token.info, token.content) == ("python", f"{text}\n" if text else "\n")


def test_a_heading_and_a_quotation_are_one_line_of_text():
    assert heading("C #") == "# C \\#"
    assert quote("- <b>") == "> \\- \\<b>"


def test_what_nobody_has_a_word_for_is_not_lost():
    told = nodes.line_block("", nodes.line("", "One"), nodes.line("", "Two"))
    assert Blocks(str).of([told]) == ["One", "Two"]


def test_data_cannot_end_its_script():
    text = linked_data.script({"a": "</SCRIPT><!--<script>&\u2028"})
    inner = text.removeprefix('<script type="application/ld+json">')
    inner = inner.removesuffix("</script>")
    assert set(inner).isdisjoint("<>&")
    assert json.loads(inner) == {"a": "</SCRIPT><!--<script>&\u2028"}
