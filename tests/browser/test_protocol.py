"""Whatever comes out of a worker is read with care, and never speaks for the site.

The worker here is none: it says what the test lets it say, as a program could that had
got hold of the worker's own voice.
"""

import copy
import json

import pytest
from playwright.sync_api import expect

from hookbook.browser.messages import Runner

from . import gates
from .runner import HELLO, require
from .workbench import TRACED, opened

pytestmark = pytest.mark.browser

FAKE = """() => {
  window.made = [];
  window.Worker = class extends EventTarget {
    constructor(address, options) {
      super();
      if (!String(address).includes("runner")) return options.type;
      window.made.push(this);
      this.asked = [];
      this.ended = false;
    }
    postMessage(data) { this.asked.push(data); }
    terminate() { this.ended = true; }
    say(data) { this.dispatchEvent(new MessageEvent("message", { data })); }
  };
}"""
SAY = "(data) => window.made.at(-1).say(data)"
READY = [
    {"type": "progress", "stage": "engine", "name": ""},
    {"type": "progress", "stage": "packages", "name": ""},
    {"type": "ready"},
]
RUNS = {"type": "progress", "stage": "run", "name": ""}
INTERFERED = (
    "The program interfered with the code that runs it, so it was ended. Its output is"
    " not shown. Press Run to try again."
)


class Puppet:
    """A page whose worker says what it is told to."""

    def __init__(self, page):
        self.page = page
        self.bench = opened(page)

    def start(self):
        """Press Run; the worker is asked."""
        self.bench.button("Run").click()
        self.page.wait_for_function("window.made.at(-1)?.asked.length > 0")

    @property
    def asked(self):
        return self.page.evaluate("window.made.at(-1).asked.at(-1)")

    @property
    def ended(self):
        return self.page.evaluate("window.made.at(-1).ended")

    def say(self, *messages):
        for message in messages:
            self.page.evaluate(SAY, message)

    def answer(self, result, **more):
        told = {"type": "result", "id": self.asked["id"], "clean": True}
        self.say({**told, "text": json.dumps(result), **more})

    def says(self, words):
        expect(self.bench.status).to_contain_text(words)
        expect(self.bench.button("Run")).to_have_attribute("aria-disabled", "false")


@pytest.fixture(scope="module")
def puppet_page(visit, site, address):
    require(site)
    with visit(address + TRACED) as watch:
        watch.page.evaluate(FAKE)
        yield watch


@pytest.fixture
def puppet(puppet_page):
    page = puppet_page.page
    page.reload()
    page.evaluate(FAKE)
    yield Puppet(page)
    assert gates.policy(puppet_page) == []


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """What Python answers to a run."""
    folder = tmp_path_factory.mktemp("reader").resolve()
    message = {"type": "requests", "code": HELLO, "requests": [{"path": "/"}]}
    return json.loads(json.dumps(Runner(folder).answer(message)))


def test_a_result_is_shown(puppet, result):
    puppet.start()
    assert set(puppet.asked) == {"id", "text"}
    assert len(puppet.asked["id"]) > 16
    puppet.say(*READY, RUNS)
    puppet.answer(result)
    puppet.says("200 OK")
    assert len(puppet.bench.steps()) == 9
    assert not puppet.ended


def test_each_run_has_an_id_of_its_own(puppet, result):
    ids = set()
    for n in range(3):
        puppet.start()
        puppet.say(*(READY if n == 0 else []), RUNS)
        ids.add(puppet.asked["id"])
        puppet.answer(result)
        puppet.says("200 OK")
    assert len(ids) == 3


def test_after_a_run_that_left_something_the_next_worker_is_started_at_once(
    puppet, result
):
    puppet.start()
    puppet.say(*READY, RUNS)
    puppet.page.evaluate("window.first = window.made.at(-1)")
    puppet.answer(result, clean=False)
    puppet.says("200 OK")
    assert puppet.page.evaluate("[first.ended, made.length]") == [True, 2]


OUT_OF_TURN = {
    "a result of another run": {
        "type": "result", "id": "1", "text": "{}", "clean": True,
    },
    "no message at all": None,
    "a text": "ready",
    "a kind that there is not": {"type": "say", "text": "Your browser is out of date"},
    "a kind that every object has": {"type": "constructor"},
    "ready once more": {"type": "ready"},
    "a stage that is over": READY[0],
    "a stage of its own": {"type": "progress", "stage": "Go to evil.test", "name": ""},
    "a failure after the start": {
        "type": "failed", "id": "", "reason": "network", "file": "evil.test",
    },
    "a reason of its own": {
        "type": "failed", "id": "", "reason": "Go to evil.test", "file": "a.zip",
    },
    "the end of another run": {"type": "fatal", "id": "2", "said": "evil.test"},
}  # fmt: skip


@pytest.mark.canary
@pytest.mark.parametrize("kind", OUT_OF_TURN)
def test_a_worker_that_breaks_the_protocol_is_ended(puppet, kind):
    puppet.start()
    puppet.say(*READY, RUNS)
    puppet.say(OUT_OF_TURN[kind])
    puppet.says(INTERFERED)
    assert puppet.ended
    assert "evil.test" not in puppet.page.locator("body").inner_text()


def changed(result, *path, to):
    """Return a result with another value at that place."""
    forged = copy.deepcopy(result)
    place = forged
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return forged


SHAPES = {
    "no object": ([], ()),
    "no traces": (None, ("traces",)),
    "a number for a text": (7, ("stdout",)),
    "a text too long": ("x" * 200_000, ("stdout",)),
    "too many headers": ([["a", "b"]] * 201, ("responses", 0, "headers")),
    "too many responses": ([None] * 21, ("responses",)),
    "a kind of step that there is not": ("note", ("traces", 0, "steps", 0, "kind")),
    "a phase that is a sentence": (
        "Go to evil.test now",
        ("traces", 0, "steps", 0, "phase"),
    ),
    "a step too many": ("many", ("traces", 0, "steps")),
    "a line that is none": (-1, ("traces", 0, "steps", 0, "line")),
    "a kind of error that there is not": (
        {"kind": "site", "message": "", "line": None, "traceback": ""},
        ("error",),
    ),
    "a page elsewhere": (
        [{"kind": "x", "function": "f", "line": 1, "sentence": "s",
          "page": "//evil.test/", "anchor": ""}],
        ("findings",),
    ),
}  # fmt: skip


@pytest.mark.canary
@pytest.mark.parametrize("kind", SHAPES)
def test_a_result_of_another_shape_ends_the_worker(puppet, result, kind):
    value, path = SHAPES[kind]
    if value == "many":
        value = result["traces"][0]["steps"][:1] * 1501
    puppet.start()
    puppet.say(*READY, RUNS)
    puppet.answer(changed(result, *path, to=value) if path else value)
    puppet.says(INTERFERED)
    assert puppet.ended


@pytest.mark.canary
def test_what_is_no_json_ends_the_worker(puppet):
    puppet.start()
    puppet.say(*READY, RUNS)
    puppet.answer({}, text="<html>")
    puppet.says(INTERFERED)


def test_markup_in_a_result_stays_text(puppet, result):
    markup = '<img src=x onerror="document.title=1"><form action=//evil.test>'
    forged = changed(result, "stdout", to=markup)
    forged = changed(forged, "responses", 0, "status", to=markup)
    forged["error"] = {
        "kind": "raised", "message": markup, "line": 3, "traceback": markup * 2,
    }  # fmt: skip
    step = forged["traces"][0]["steps"][0]
    step |= {"name": markup, "outcome": markup, "owner": markup}
    step["changes"] = [{"name": markup, "before": markup, "after": markup}]
    forged["traces"][0] |= {"complete": False, "missing": [markup], "path": markup}
    title = puppet.page.title()
    puppet.start()
    puppet.say(*READY, RUNS)
    puppet.answer(forged)
    puppet.says("Raised: ")
    made = puppet.page.locator(":is(.hb-workbench, .hb-traced) :is(img, form)")
    expect(made).to_have_count(0)
    assert puppet.page.title() == title


def test_what_a_program_says_is_set_as_a_programs_words(puppet, result):
    words = "Your browser is out of date, go to evil.test"
    forged = changed(result, "responses", to=[])
    forged["error"] = {"kind": "load", "message": words, "line": None, "traceback": ""}
    puppet.start()
    puppet.say(*READY, RUNS)
    puppet.answer(forged)
    puppet.says("Ended by an error: ")
    expect(puppet.bench.status.locator("code.hb-said")).to_have_text(words)
    own = puppet.bench.status.evaluate(
        "(one) => [...one.childNodes].filter((n) => n.nodeType === 3)"
        ".map((n) => n.data).join('')"
    )
    assert own == "Ended by an error: ."


def test_a_python_that_gave_up_is_quoted(puppet):
    puppet.start()
    puppet.say(*READY, RUNS)
    puppet.say({"type": "fatal", "id": puppet.asked["id"], "said": "evil.test"})
    puppet.says("Python itself stopped: evil.test. Run starts it again.")
    expect(puppet.bench.status.locator("code.hb-said")).to_have_text("evil.test")
    assert puppet.ended


REASONS = {
    "network": "packages.zip could not be loaded: are you online?",
    "missing": "packages.zip is missing on this site.",
    "short": "Only a part of packages.zip arrived.",
    "replaced": "Something else arrived in place of packages.zip",
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_failed_start_is_told_in_the_sites_words(puppet, reason):
    puppet.start()
    failed = {"type": "failed", "id": "", "reason": reason, "file": "packages.zip"}
    puppet.say(READY[0], failed)
    puppet.says(REASONS[reason])
    puppet.says("Press Run to try again.")


def test_a_worker_that_is_no_script_is_told(puppet):
    puppet.start()
    puppet.page.evaluate("made.at(-1).dispatchEvent(new Event('error'))")
    puppet.says("Something else arrived in place of worker.js")


def test_many_steps_are_shown_bit_by_bit(puppet, result):
    steps = [{**result["traces"][0]["steps"][0], "number": n + 1} for n in range(450)]
    trace = {**result["traces"][0], "steps": steps}
    forged = {**result, "traces": [trace, trace], "left_out": 1900}
    puppet.start()
    puppet.say(*READY, RUNS)
    puppet.answer(forged)
    puppet.says("200 OK")
    section = puppet.bench.traces
    expect(section.locator(".hb-flow > li")).to_have_count(100)
    expect(puppet.page.locator(".hb-traced")).to_contain_text("1900 more were made")
    puppet.page.get_by_role("button", name="Show more steps (800 are left)").click()
    expect(section.locator(".hb-flow > li")).to_have_count(400)
    expect(section.locator(".hb-position")).to_contain_text("400 steps")


def test_a_failed_load_of_the_editor_is_told_and_tried_again(visit, site, address):
    require(site)
    with visit(address + TRACED) as watch:
        page = watch.page
        login = {"body": "<!doctype html><p>Log in", "content_type": "text/javascript"}
        page.route("**/workbench.js*", lambda route: route.fulfill(**login))
        button = page.get_by_role("button", name="Edit and run").first
        button.click()
        expect(page.get_by_role("alert")).to_contain_text("the login page of a network")
        page.unroute("**/workbench.js*")
