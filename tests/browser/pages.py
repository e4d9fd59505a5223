"""The pages of the built site, and each of them open in several forms."""

from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

from hookbook.site.proof_pages import docnames

from . import gates, sweep
from .conftest import DESKTOP, PHONE

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
BEHAVIOUR = ROOT / "tests" / "behaviour"

# What sphinx-build writes without a source in docs/.
MADE = ("search.html", "404.html")


def sources():
    """Return the text that each page is made of, by the name of its HTML file."""
    texts = {
        str(path.relative_to(DOCS).with_suffix(".html")): path.read_text("utf-8")
        for path in DOCS.rglob("*.md")
        if not any(part.startswith("_") for part in path.relative_to(DOCS).parts)
    }
    # Where there is no Python for the browser there is no playground.
    if not list((ROOT / "build" / "assets").glob("*/about.json")):
        del texts["playground.html"]
    # A clone has no pages of proofs until it has built them.
    for name in docnames(BEHAVIOUR):
        texts.setdefault(f"{name}.html", "")
    for file in BEHAVIOUR.rglob("test_*.py"):
        path = file.relative_to(BEHAVIOUR)
        texts[sweep.proof_page(path)] = file.read_text("utf-8")
    return texts | dict.fromkeys(MADE, "")


SOURCES = sources()
SWEEP = sweep.choose(ROOT, SOURCES)

FORMS = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE},
    "plain": {"viewport": DESKTOP, "scripts": False},
}


class Forms:
    """One page, loaded once in each form that a test asks for."""

    def __init__(self, visit, url):
        self.visit = visit
        self.url = url
        self.open = {}
        self.walked = set()
        self.stack = ExitStack()
        self.begun = None

    def begin(self):
        """Let the browser load the page as on a desktop, and don't wait for it."""
        self.begun = self.stack.enter_context(
            self.visit(self.url, **FORMS["desktop"], until="commit")
        )

    def close(self):
        """Close the page in all its forms."""
        self.stack.close()

    def get(self, form):
        """Return the page's watch in that form, as it was loaded."""
        if form not in self.open:
            if form == "desktop" and self.begun is not None:
                watch = self.begun
                watch.page.wait_for_load_state("load")
            else:
                watch = self.stack.enter_context(self.visit(self.url, **FORMS[form]))
            if form != "plain":
                gates.settled(watch.page)
            self.open[form] = watch
        return self.open[form]

    def walk(self, form):
        """Return the watch to a test that moves the focus."""
        self.walked.add(form)
        return self.get(form)

    def untouched(self, form):
        """Return the watch to a test that wants the focus where loading leaves it."""
        if form in self.walked:
            self.get(form).page.reload()
            gates.settled(self.get(form).page)
        return self.walk(form)


class Ahead:
    """Pages one after the other; while one is looked at, the next is loaded."""

    def __init__(self, visit, address, names):
        self.make = lambda name: Forms(visit, address + name)
        self.following = dict(pairwise(names))
        self.next = {}

    def take(self, name):
        """Return the page, and begin with the one after it."""
        forms = self.next.pop(name, None) or self.make(name)
        self.close()
        if name in self.following:
            following = self.following[name]
            self.next[following] = self.make(following)
            self.next[following].begin()
        return forms

    def close(self):
        """Close what was begun and never taken."""
        while self.next:
            self.next.popitem()[1].close()
