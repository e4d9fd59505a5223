"""Axe-core, asked once of what is alike.

Nine tenths of a run go into the contrast of each element with text, and a page of code
has thousands of them in a handful of looks. So contrast is measured for the first and
the last element of each look: its own colours and type, and the backgrounds behind it.
What floats over other content and has no background of its own is measured each time.
"""

import json

from axe_playwright_python.base import AXE_SCRIPT

# What alone can differ where two colour schemes have the same elements in one place.
COLOURS = ["color-contrast", "link-in-text-block"]

MARK = """() => {
  const plain = { look: "", loose: false };
  const behind = new Map([[null, plain]]);

  function ground(element) {
    if (behind.has(element)) return behind.get(element);
    const above = ground(element.parentElement);
    const style = getComputedStyle(element);
    const opaque = /^rgb\\(/.test(style.backgroundColor);
    // A raised mark stays in its line; what goes further may cover other content.
    const shifts = [style.top, style.left, style.right, style.bottom]
      .map((side) => Math.abs(parseFloat(side)) || 0);
    const moved = ["absolute", "fixed", "sticky"].includes(style.position)
      || (style.position === "relative" && Math.max(...shifts) > 16)
      || style.transform !== "none"
      || style.float !== "none";
    const own = [
      style.backgroundColor === "rgba(0, 0, 0, 0)" ? "" : style.backgroundColor,
      style.backgroundImage === "none" ? "" : style.backgroundImage,
      style.opacity === "1" ? "" : style.opacity,
      style.filter === "none" ? "" : style.filter,
      style.mixBlendMode === "normal" ? "" : style.mixBlendMode,
    ].join(";");
    const found = {
      look: own === ";;;;" ? above.look : `${above.look}/${own}`,
      loose: (above.loose || moved) && !opaque,
    };
    behind.set(element, found);
    return found;
  }

  const alike = new Map();
  const chosen = new Set(document.querySelectorAll("input, select, textarea, button"));
  const sight = {
    opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true,
  };
  for (const element of document.body.querySelectorAll("*")) {
    const text = [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.data.trim()).join("");
    if (!text || !element.checkVisibility(sight)) continue;
    const box = element.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) continue;
    const { look, loose } = ground(element);
    if (loose) {
      chosen.add(element);
      continue;
    }
    const style = getComputedStyle(element);
    const key = [
      look, element.localName, style.color, style.fontSize, style.fontWeight,
      style.textShadow, style.webkitTextStroke, text.length === 1,
      /[\\p{L}\\p{N}]/u.test(text),
      element.closest(":disabled, [aria-disabled=true], [inert], label") !== null,
    ].join("|");
    if (alike.has(key)) alike.get(key)[1] = element;
    else alike.set(key, [element, element]);
  }
  for (const ends of alike.values()) for (const element of ends) chosen.add(element);
  for (const element of chosen) element.setAttribute("data-contrast", "");
  return chosen.size;
}"""

UNMARK = """() => {
  for (const element of document.querySelectorAll("[data-contrast]"))
    element.removeAttribute("data-contrast");
}"""

# `iframes` would be asked one by one; the policy lets no page have any.
RUN = """async (rules) => {
  axe.configure({
    rules: [{ id: "color-contrast", selector: "[data-contrast]" }],
  });
  const options = { resultTypes: ["violations"] };
  if (rules) options.runOnly = rules;
  return (await axe.run(options)).violations;
}"""

# The icon that tells the scheme changes with it, for eyes only.
SHAPE = """() => {
  const heard = ":not([aria-hidden=true], [aria-hidden=true] *)";
  const places = [...document.querySelectorAll(heard)].map((element) => {
    const box = element.getBoundingClientRect();
    return `${element.checkVisibility()} ${box.x} ${box.y} ${box.width} ${box.height}`;
  });
  return document.documentElement.outerHTML + places.join();
}"""


def violations(page, rules=None):
    """Return what axe-core finds, best practices included, one line an element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(MARK)
    try:
        found = page.evaluate(RUN, rules)
    finally:
        page.evaluate(UNMARK)
    return [
        f"{rule['id']}: {json.dumps(node['target'])} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def violations_in_the_dark(page):
    """Return what axe-core finds in the other colour scheme.

    If nothing but colours differs, nothing but colours is looked at.
    """
    page.emulate_media(color_scheme="light")
    light = page.evaluate(SHAPE)
    page.emulate_media(color_scheme="dark")
    try:
        alike = page.evaluate(SHAPE) == light
        return violations(page, COLOURS if alike else None)
    finally:
        page.emulate_media(color_scheme="light")
