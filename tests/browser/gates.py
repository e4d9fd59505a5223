"""What every page must keep to; each gate returns the problems it found."""

import functools
import gzip
import itertools
import json
import re
from collections import Counter
from urllib.parse import urlsplit

import html5lib

from .axe import violations, violations_in_the_dark

AT_FOCUS = re.compile(
    r"/(searchindex\.js|codemirror\.mjs|highlighted\.js|_static/(search|vendor)/)"
)
BUDGET = 60_000
WEIGHED = {"document", "stylesheet", "script", "fetch"}

RECORD_POLICY = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  const what = `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`;
  window.policyViolations.push(what);
});
"""


class Watch:
    """Everything a page did while it was open, from before it was loaded."""

    def __init__(self, page):
        self.page = page
        self.errors = []
        self.responses = []
        self.requests = []
        page.add_init_script(RECORD_POLICY)
        page.on("console", self.note_console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("response", lambda response: self.responses.append(response))

    def note_console(self, message):
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)


def console(watch):
    """No error, no warning, nothing that could not be loaded."""
    failed = [r.url for r in watch.responses if r.status >= 400]
    return watch.errors + failed


def policy(watch):
    """No violation of the content security policy."""
    return watch.page.evaluate("window.policyViolations")


def other_hosts(watch):
    """No request to another host."""
    own = urlsplit(watch.page.url).netloc
    local = {"data", "blob", "about"}
    return [
        url
        for url in watch.requests
        if urlsplit(url).scheme not in local and urlsplit(url).netloc != own
    ]


@functools.cache
def compressed(content):
    """Return how many bytes are sent."""
    return len(gzip.compress(content, mtime=0))


def weight(watch, budget=BUDGET):
    """HTML, CSS, JavaScript and data fit into the budget, compressed.

    What comes when a search field or an editor has the focus has a budget of its own:
    test_search, test_run_highlighted.
    """
    sizes = {
        response.url: compressed(response.body())
        for response in watch.responses
        if response.request.resource_type in WEIGHED
        and response.ok
        and not AT_FOCUS.search(response.url)
    }
    total = sum(sizes.values())
    return [f"{total} bytes of {budget}: {sizes}"] if total > budget else []


def axe(page):
    """No violation of any rule of axe-core, best practices included."""
    return violations(page)


def axe_in_the_dark(page):
    """No violation in the dark colour scheme either."""
    return violations_in_the_dark(page)


def sideways(page):
    """The page itself does not scroll sideways."""
    extent, room, wide = page.evaluate(
        """() => {
          const root = document.scrollingElement;
          const wide = [...document.body.querySelectorAll("*")]
            .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
          const sample = wide.slice(0, 5).map((e) => e.outerHTML.slice(0, 120));
          return [root.scrollWidth, root.clientWidth, sample];
        }"""
    )
    return [f"{extent} pixels wide in {room}: {wide}"] if extent > room else []


def broken_words(page):
    """No word of a heading is broken, but where the page says that it may be."""
    return page.evaluate(
        """() => [...document.querySelectorAll("h1, h2, h3")].flatMap((heading) => {
          const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
          const broken = [];
          while (texts.nextNode()) {
            for (const { 0: word, index } of texts.currentNode.data.matchAll(/\\w+/g)) {
              const range = new Range();
              range.setStart(texts.currentNode, index);
              range.setEnd(texts.currentNode, index + word.length);
              const lines = [...range.getClientRects()].map(({ top }) => top);
              if (new Set(lines).size > 1) broken.push(`'${word}' is broken`);
            }
          }
          return broken;
        })"""
    )


def scrollers(page):
    """What scrolls sideways inside the page can be reached with the keyboard."""
    return page.evaluate(
        """() => [...document.querySelectorAll("main *, [role=main] *")]
          .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
          .filter((e) => /auto|scroll/.test(getComputedStyle(e).overflowX))
          .filter((e) => e.tabIndex < 0 && !e.querySelector("a[href], button, input"))
          .map((e) => e.outerHTML.slice(0, 120))"""
    )


# Each press of Tab notes where the focus was before: by then the page has scrolled.
NOTE_FOCUS = """() => {
  const describe = () => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    return {
      element: e,
      marked: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)
        || style.boxShadow !== "none",
      seen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0
        && box.left < innerWidth && box.top < innerHeight,
    };
  };
  const stops = [];
  const note = (event) => { if (event.key === "Tab") stops.push(describe()); };
  addEventListener("keydown", note, true);
  window.focusNoted = {
    told: async () => {
      // A script of the page that hears of scrolling may move a list once more, later
      // than a machine presses Tab: what was out of sight is looked at again.
      const last = document.activeElement;
      // Nobody draws a page that is out of sight.
      const frame = () => Promise.race([
        new Promise(requestAnimationFrame),
        new Promise((done) => { setTimeout(done, 500); }),
      ]);
      stops.push(describe());
      for (const stop of stops.filter((stop) => stop && !stop.seen)) {
        stop.element.focus();
        await frame();
        await frame();
        Object.assign(stop, { seen: describe()?.seen });
        last.focus();
      }
      const now = stops.pop();
      const all = [...document.querySelectorAll("*")];
      const place = new Map(all.map((element, index) => [element, index]));
      // Where the first press found the focus is no stop.
      return [...stops, now].slice(1).map((stop) => stop && {
        name: stop.element.cloneNode().outerHTML.slice(0, 120),
        index: place.get(stop.element),
        marked: stop.marked,
        seen: stop.seen,
      });
    },
    end: () => removeEventListener("keydown", note, true),
  };
}"""

# The next press of Tab goes to the first stop.
TO_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  scrollTo(0, 0);
}"""


# Held down, Tab goes on and on, and costs a third less than if it comes up each time.
HELD_TAB = {
    "type": "rawKeyDown",
    "key": "Tab",
    "code": "Tab",
    "windowsVirtualKeyCode": 9,
}


def stops(page, limit, batch=40):
    """Press Tab until the focus leaves the page, comes back or stays where it is."""
    page.evaluate(NOTE_FOCUS)
    keyboard = page.context.new_cdp_session(page)
    pressed = 0
    while pressed < limit:
        for _ in range(min(batch, limit - pressed)):
            keyboard.send("Input.dispatchKeyEvent", HELD_TAB)
            pressed += 1
        found = page.evaluate("focusNoted.told()")
        places = [stop and stop["index"] for stop in found]
        ends = [
            place
            for place, index in enumerate(places)
            if index is None or (place and index in (places[0], places[place - 1]))
        ]
        if ends:
            found = found[: ends[0] + 1]
            break
    page.evaluate("focusNoted.end()")
    keyboard.detach()
    return found


def keyboard(page, limit=600):
    """Tab goes through the page and out again; each stop is visible and marked.

    Where it begins is only certain on a page that has just been loaded.
    """
    problems, order = [], []
    for stop in stops(page, limit):
        if stop is None or (order and stop["index"] == order[0]):
            break
        if order and stop["index"] == order[-1]:
            problems.append(f"a trap: {stop['name']}")
            break
        order.append(stop["index"])
        if not stop["marked"]:
            problems.append(f"no mark of the focus: {stop['name']}")
        if not stop["seen"]:
            problems.append(f"focus out of sight: {stop['name']}")
    else:
        problems.append(f"more than {limit} stops")
    if order != sorted(order):
        problems.append("the order of the stops is not the order of the page")
    return problems if order else ["no stop at all"]


def settled(page):
    """Wait for what a script puts into the page when it has loaded: the playground."""
    if page.locator('meta[name="hookbook-runner"]').count():
        for place in page.locator(".hb-playground").all():
            place.locator(".hb-workbench").wait_for()
            page.wait_for_load_state("networkidle")


def skip_link(page):
    """The first stop leads to the main content."""
    page.evaluate(TO_THE_TOP)
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    if not (first or "").startswith("#"):
        return [f"the first stop leads to {first!r}"]
    page.keyboard.press("Enter")
    inside = page.evaluate(
        "document.activeElement.matches('main, [role=main], main *, [role=main] *')"
    )
    return [] if inside else [f"{first} does not move the focus into the content"]


def dead_controls(page):
    """Without JavaScript no control is shown that would do nothing."""
    return page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, [role=button]")]
          .filter((e) => e.checkVisibility() && !e.hasAttribute("popovertarget"))
          .map((e) => e.outerHTML.slice(0, 120))"""
    )


def main_text(page):
    """Count the words of the content that a reader sees, controls left out."""
    texts = page.evaluate(
        """() => {
          const main = document.querySelector("main, [role=main]");
          const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
          const control =
            "button, .hb-paste, .hb-controls, .hb-workbench," +
            " [aria-live], [role=status]";
          const texts = [];
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement;
            if (parent.checkVisibility() && !parent.closest(control))
              texts.push(node.data);
          }
          return texts;
        }"""
    )
    return Counter(" ".join(texts).split())


HEAD = {
    "title": "head > title",
    "description": 'meta[name="description"][content]',
    "canonical": 'link[rel="canonical"][href^="https://"]',
    "viewport": 'meta[name="viewport"]',
    "icon": 'link[rel="icon"]',
    "theme colour": 'meta[name="theme-color"]',
    "language": "html[lang=en]",
    "og:title": 'meta[property="og:title"][content]',
    "og:type": 'meta[property="og:type"][content]',
    "og:url": 'meta[property="og:url"][content^="https://"]',
    "og:description": 'meta[property="og:description"][content]',
    "og:image": 'meta[property="og:image"][content^="https://"]',
}


def head(page):
    """The head tells search engines and other sites what the page is."""
    counts = {name: page.locator(query).count() for name, query in HEAD.items()}
    several = {"theme colour"}
    return [
        f"{name}: {count}"
        for name, count in counts.items()
        if count == 0 or (count > 1 and name not in several)
    ]


def inline(script):
    """Let pass what browsers don't run, JSON-LD, if it is JSON and nothing else."""
    if script.get("type") != "application/ld+json" or len(script.attrib) > 1:
        return ["inline script"]
    try:
        json.loads(script.text or "")
    except ValueError as error:
        return [f"JSON-LD: {error}"]
    return []


def markup(source):
    """The HTML has no parse error, no doubled id, and nothing inline."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(source)
    problems = [f"{code} at {place} {data}" for place, code, data in parser.errors]
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    ids = Counter(e.get("id") for e in elements if e.get("id") is not None)
    problems += [
        f"id {name!r} {count} times" for name, count in ids.items() if count > 1
    ]
    for element in elements:
        attributes = element.attrib
        if element.tag == "style" or "style" in attributes:
            problems.append(f"inline style on <{element.tag}>")
        if element.tag == "script" and "src" not in attributes:
            problems += inline(element)
        if handlers := [name for name in attributes if name.startswith("on")]:
            problems.append(f"{handlers} on <{element.tag}>")
        if element.tag == "img" and "alt" not in attributes:
            problems.append(f"no alt: {attributes.get('src')}")
        if attributes.get("href", "").count("#") > 1:
            problems.append(f"no address: {attributes['href']}")
        if attributes.get("role") == "combobox" and attributes.get("type") == "search":
            problems.append("a search field may be no combobox")
        for name in ("for", "aria-labelledby", "aria-controls", "popovertarget"):
            missing = set(attributes.get(name, "").split()) - set(ids)
            problems += [f"{name} names no element: {word}" for word in missing]
    headings = [int(e.tag[1]) for e in elements if e.tag in {"h1", "h2", "h3", "h4"}]
    if headings.count(1) != 1:
        problems.append(f"{headings.count(1)} headings of the first level")
    steps = itertools.pairwise(headings)
    problems += [f"h{b} follows h{a}" for a, b in steps if b > a + 1]
    return problems
