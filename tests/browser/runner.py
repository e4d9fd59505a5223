"""A page's worker as its script would use it, driven from a test."""

import json
from contextlib import contextmanager
from pathlib import Path

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"

HELLO = """\
from flask import Flask

app = Flask(__name__)


@app.after_request
def add_header(response):
    response.headers["X-Hello"] = "World"
    return response


@app.get("/")
def index():
    return "Hello!"
"""
GET = 'print(app.test_client().get("/").text)\n'

THREADS = "threads do not exist in the browser: run this on your own machine"

START = """() => {
  const meta = document.querySelector('meta[name="hookbook-runner"]');
  const address = new URL(meta.content, document.baseURI);
  window.told = [];
  window.heard = () => {};
  window.worker = new Worker(address, { type: "module" });
  const note = (message) => { window.told.push(message); window.heard(); };
  window.worker.onmessage = ({ data }) =>
    note(data.type === "result" ? { ...JSON.parse(data.text), ...data } : data);
  window.worker.onerror = () => note({ type: "failed", reason: "blocked" });
}"""

ASK = """(asked) => window.worker.postMessage(asked)"""

# The first message of that kind and id, or that the worker failed.
TOLD = """([type, id]) => new Promise((resolve) => {
  window.heard = () => {
    const found = window.told.find(
      (m) =>
        m.type === "failed" ||
        ((m.type === type || (type === "result" && m.type === "fatal")) &&
          (!id || m.id === id)),
    );
    if (found) resolve(found);
  };
  window.heard();
  setTimeout(resolve, 60000, { type: "failed", reason: "no answer in 60 seconds" });
})"""

# Added to the worker's own code: it looks around after the doors are closed, as code
# would that had found a way out of Python.
PROBE = """
const findings = {
  kinds: (names) => names.map((name) => {
    for (let o = self; o; o = Object.getPrototypeOf(o))
      if (o[name] !== undefined) return `${name} is a ${typeof o[name]}`;
    return `${name} is gone`;
  }),
  left: () => {
    const names = new Set();
    for (let o = self; o !== Object.prototype; o = Object.getPrototypeOf(o))
      for (const name of Object.getOwnPropertyNames(o))
        if (self[name] !== undefined) names.add(name);
    return [...names].sort();
  },
  compiled: () => {
    try { return (() => {}).constructor("return 'compiled'")(); }
    catch (error) { return error.name; }
  },
};
self.addEventListener("message", ({ data }) => {
  const { probe, names } = JSON.parse(data.text);
  if (probe) send({ type: "probed", id: data.id, value: findings[probe](names) });
});
"""


class Runner:
    """One worker of a page, until the next is started."""

    def __init__(self, page):
        self.page = page
        self.last = 0
        self.start()

    def start(self):
        """Begin a new worker; it loads by itself."""
        self.page.evaluate(START)

    def stop(self):
        """End the worker, whatever it does."""
        self.page.evaluate("window.worker.terminate()")

    def told(self, kind, number=None):
        """Wait for a message of that kind."""
        return self.page.evaluate(TOLD, [kind, number])

    def ready(self):
        """Wait until Python runs."""
        message = self.told("ready")
        assert message["type"] == "ready", message
        return message

    def post(self, kind, code, **more):
        """Send a message; return its number."""
        return self.send({"type": kind, "code": code, **more})

    def send(self, message):
        """Post a message as the page does: a number, and JSON."""
        self.last += 1
        asked = {"id": str(self.last), "text": json.dumps(message)}
        self.page.evaluate(ASK, asked)
        return asked["id"]

    def ask(self, kind, code, **more):
        """Send a message and wait for the result."""
        told = self.told("result", self.post(kind, code, **more))
        assert told["type"] == "result", told
        return told

    def probe(self, what, names=()):
        """Let the worker's own JavaScript look around."""
        number = self.send({"probe": what, "names": list(names)})
        return self.told("probed", number)["value"]

    def scenario(self, code, block="", want=None, **more):
        """Run one block of a scenario in the module `code`."""
        return self.ask(
            "scenario", code, blocks=[{"source": block, "want": want}], **more
        )

    def prints(self, block):
        """Run a few lines; return what they printed. They must not raise."""
        result = self.scenario("", block)
        assert result["error"] is None, result["error"]
        return result["stdout"]

    def raises(self, block):
        """Run a few lines that must raise; return the message."""
        result = self.scenario("", block)
        assert result["error"], result["stdout"]
        return result["error"]["message"]

    def requests(self, code, *requests, **more):
        """Send requests to the application in `code`."""
        return self.ask("requests", code, requests=list(requests), **more)


def require(site):
    """Fail without the assets, and say what makes them."""
    folder = site / "_static" / "runner"
    if not any(path.is_dir() for path in folder.iterdir()):
        pytest.fail(
            "The site has no Python for the browser: run 'make assets' first.",
            pytrace=False,
        )


@contextmanager
def running(visit, address, page="after-request/visualize.html", *, probed=False):
    """Open a page and start its worker."""

    def add_probe(route):
        response = route.fetch()
        route.fulfill(response=response, body=response.text() + PROBE)

    with visit(f"{address}{page}") as watch:
        if probed:
            watch.page.context.route("**/runner/worker.js*", add_probe)
        yield Runner(watch.page)
