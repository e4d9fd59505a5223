"""The workbench of a page as a reader sees it, and what the tests put into it."""

import re
from pathlib import Path

from playwright.sync_api import expect

from . import gates

TRACED = "after-request/visualize.html"
SHOWN = "deferred-callbacks/index.html"
TASKS = "after-request/try-it.html"
PLAYGROUND = "playground.html"
VISUALIZE = sorted(
    f"{path.parent.name}/visualize.html"
    for path in Path(__file__).parents[2].glob("docs/*/visualize.md")
)
CLUB = Path(__file__).parent / "club"
FORM = "Content-Type: application/x-www-form-urlencoded"

# Python comes from this site, but it takes its time.
START = 60_000

BASKET = """\
from flask import Flask, session

app = Flask(__name__)
app.secret_key = "only for this test"


@app.post("/basket")
def put():
    session["items"] = session.get("items", 0) + 1
    return "put", 201


@app.get("/basket")
def count():
    return str(session.get("items", 0))
"""

LATE = """\
from flask import Flask

app = Flask(__name__)


@app.get("/")
async def index():
    return await greet()


async def greet():
    return "Good evening!"
"""

PAGE = """\
from flask import Flask, render_template

app = Flask(__name__)


@app.get("/")
def index():
    return render_template("cards/hello.html", name="Ada")
"""

BROKEN = """\
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return {}["cup"]
"""


class Bench:
    """One workbench of a page, as a reader sees it."""

    def __init__(self, page, place=None):
        self.page = page
        self.element = (place or page).locator(".hb-workbench").first

    def button(self, name):
        return self.element.get_by_role("button", name=name, exact=True)

    @property
    def code(self):
        """What has the code: a text area, and CodeMirror when that is there."""
        return self.element.get_by_role("textbox", name=re.compile("^Code: "))

    @property
    def text(self):
        """The code that runs."""
        return self.element.locator(".hb-code-area").first.input_value()

    @property
    def lit(self):
        """The lines of the code that the current step is about."""
        return self.element.locator(".hb-lit")

    def highlighted(self):
        """Move to the code, and wait until its words have colours."""
        self.code.focus()
        expect(self.element.locator(".cm-content")).to_be_focused()

    def write(self, text):
        """Write something else in the place of the code."""
        self.highlighted()
        self.code.fill(text)
        assert self.text == text

    @property
    def status(self):
        return self.element.locator(".hb-verdict")

    @property
    def result(self):
        return self.element.locator(".hb-result")

    @property
    def traces(self):
        """The steps of the reader's version, which may stand behind the workbench."""
        return self.page.locator(".hb-traced .hb-trace")

    def steps(self):
        return self.traces.locator(".hb-flow .hb-what").all_inner_texts()

    def change(self, old, new):
        text = self.text
        assert old in text
        self.write(text.replace(old, new))

    def run(self, says="Ran in", name="Run"):
        self.button(name).click()
        expect(self.status).to_contain_text(says, timeout=START)

    def way(self, name):
        self.element.get_by_role("radio", name=name).check()

    def ask(self, *paths):
        """Fill the list with a GET of each path."""
        self.way("Requests")
        rows = self.element.locator(".hb-request")
        while rows.count() > 1:
            self.element.get_by_role(
                "button", name=re.compile("^Remove request")
            ).last.click()
        for place, path in enumerate(paths):
            if place:
                self.button("Add a request").click()
            method, _, path = path.rpartition(" ")
            row = rows.nth(place)
            row.get_by_label("Method").select_option(method or "GET")
            row.get_by_label("Path").fill(path)

    def body(self, place=0):
        return self.result.get_by_role("group", name=re.compile("^Body of")).nth(place)


def loaded(page, *files):
    """Wait for scripts of the workbench, which a test will import once more."""
    page.wait_for_function(
        """(files) => {
          const all = performance.getEntriesByType("resource");
          const has = (file) => all.some(({ name }) => name.includes(file));
          return files.every(has);
        }""",
        arg=[f"/workbench/{file}" for file in files],
        polling=100,
    )


def clean(watch):
    """Check that a page did nothing that the policy or the console objects to."""
    assert gates.policy(watch) == []
    assert gates.console(watch) == []
    assert gates.other_hosts(watch) == []


def opened(page, place=0, name="Edit and run"):
    """Open the editor of one of the page's examples."""
    page.get_by_role("button", name=name).nth(place).click()
    bench = Bench(page)
    bench.highlighted()
    return bench


def shared(play):
    """Share the app; return the link."""
    play.button("Share by link").click()
    link = play.element.get_by_label("Link to this app")
    expect(link).to_be_focused()
    expect(play.status).to_contain_text("Nothing was sent")
    return link.input_value()
