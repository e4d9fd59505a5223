"""``--html``: one file that needs nothing else, and lets nothing else in."""

import base64
import hashlib
import importlib.util
import re
from html.parser import HTMLParser

import pytest

from .conftest import SHOP

LACKING = [one for one in ("docutils", "pygments") if not importlib.util.find_spec(one)]
pytestmark = pytest.mark.skipif(bool(LACKING), reason=f"needs {', '.join(LACKING)}")

EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&amp;</style>"
ATTACK = f"""
EVIL = {EVIL!r}


@app.get("/evil")
def evil():
    g.evil = EVIL
    session[EVIL] = EVIL
    app.logger.disabled = True
    return EVIL, {{"X-Evil": EVIL}}
"""


class Page(HTMLParser):
    """What a browser would see: the elements, the text, the inline code."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text, self.inside = [], [], "", []
        self.inline = {"script": [], "style": []}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, *one) for one in attributes]
        self.inside.append(tag)

    def handle_endtag(self, tag):
        while self.inside.pop() != tag:
            pass

    def handle_data(self, text):
        last = self.inside[-1] if self.inside else ""
        if last in self.inline:
            self.inline[last].append(text)
        else:
            self.text += text


@pytest.fixture
def report(run, tmp_path):
    """Return a function that traces a shop and reads the report."""

    def make(source, *arguments):
        told = run(source, "trace", *arguments, "--html", "report.html")
        assert told.exit_code == 0, told.stderr
        assert told.stderr.endswith("The report is in report.html.\n")
        return Page((tmp_path / "report.html").read_text("utf-8"))

    return make


def policy(page):
    """Return the directives of the policy in the page."""
    (content,) = [
        value for tag, name, value in page.attributes
        if (tag, name) == ("meta", "content") and "default-src" in value
    ]  # fmt: skip
    pairs = [one.split(None, 1) for one in content.split("; ")]
    return dict(pairs)


def test_everything_can_be_read_without_scripts(report):
    page = report(SHOP, "GET", "/orders/7", "--next", "GET", "/nowhere")
    assert page.tags.count("h1") == 1
    text = " ".join(page.text.split())
    assert "Trace of GET /orders/7 and 1 more" in text
    for part in ("200 OK, 7 bytes", "404 NOT FOUND", "No findings"):
        assert part in text
    assert "Did not run in GET /orders/7" in text
    assert "before_request function only_admins blueprint admin, shop" in text
    assert "Execution table: request 2, GET /nowhere" in text
    # The code of the application is there, too.
    assert "def show_order(number):" in text
    assert "details" not in page.tags


def test_the_policy_allows_what_is_there_and_nothing_else(report):
    page = report(SHOP, "GET", "/orders/7")
    told = policy(page)
    assert told["default-src"] == told["base-uri"] == told["form-action"] == "'none'"
    assert told["require-trusted-types-for"] == "'script'"
    for kind in ("script", "style"):
        (code,) = page.inline[kind]
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert told[f"{kind}-src"] == f"'sha256-{digest}'"
    names = {name for _, name, _ in page.attributes}
    assert not {"style", "src", "srcdoc", "onclick", "onerror"} & names
    assert "link" not in page.tags
    # The policy comes before what it is for.
    assert page.tags.index("meta") < page.tags.index("style")


@pytest.mark.canary
def test_no_value_of_the_application_becomes_markup(report):
    page = report(SHOP + ATTACK, "GET", f"/evil?{EVIL}", "-H", f"X-Sent: {EVIL}")
    assert page.tags.count("script") == page.tags.count("style") == 1
    assert "img" not in page.tags
    assert page.text.count("<img src=x onerror=alert(1)>") >= 5
    # It is in what the stepper reads, and writes as text.
    told = [name for _, name, value in page.attributes if value and "onerror" in value]
    assert set(told) == {"data-changes"}


def test_a_step_is_known_by_its_class_and_its_code(report):
    page = report(SHOP, "GET", "/orders/7")
    classes = [value for _, name, value in page.attributes if name == "class"]
    steps = [one for one in classes if "hb-lines-" in one and "hb-kind-view" in one]
    ((first, last),) = {
        re.search(r"hb-lines-(\d+)-(\d+)", one).groups() for one in steps
    }
    lines = SHOP.splitlines()
    assert lines[int(first) - 1] == "def show_order(number):"
    assert lines[int(last) - 1] == '    return f"order {number}"'
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert f"line-{first}" in ids
    assert len(ids) == len(set(ids))


def test_functions_of_several_files_are_one_text(report, write):
    write("def stamp(response):\n    # in another file\n    return response\n", "part")
    source = f"{SHOP}\nimport part\napp.after_request(part.stamp)\n"
    page = report(source, "GET", "/orders/7")
    text = page.text
    assert "# part.py, line 1\n" in text
    assert "# in another file" in text
    assert "def show_order(number):" in text
    assert "def login" not in text
