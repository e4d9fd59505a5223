// Helpers for elements.

// Names with a dash, and these, are attributes; everything else is a property.
const ATTRIBUTES = new Set(["role", "for", "autocorrect"]);

/** @typedef {Node | string | null | undefined} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} properties
 * @param {(Child | Child[])[]} children null is left out
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const make = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (ATTRIBUTES.has(name) || name.includes("-")) element.setAttribute(name, String(value));
    else Object.assign(element, { [name]: value });
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
};

let count = 0;

/**
 * An id that is not on the page.
 * @param {string} word
 */
export const fresh = (word) => {
  count += 1;
  return `hb-run-${word}-${count}`;
};

/**
 * @param {string} text
 * @param {() => unknown} action
 * @param {Record<string, unknown>} properties
 */
export const button = (text, action, properties = {}) => {
  const element = make("button", { type: "button", className: "hb-button", ...properties });
  element.textContent = text;
  element.addEventListener("click", () => {
    if (element.getAttribute("aria-disabled") !== "true") action();
  });
  return element;
};

/**
 * A disabled button that keeps the focus.
 * @param {Element} element
 * @param {boolean} on
 */
export const enable = (element, on) => element.setAttribute("aria-disabled", String(!on));

/**
 * A labelled field: the label, the field, and optionally a help text.
 * @param {string} text
 * @param {HTMLElement} element
 * @param {string} help
 */
export const field = (text, element, help = "") => {
  element.id ||= fresh("field");
  const label = make("label", { for: element.id, textContent: text });
  /** @type {HTMLElement[]} */
  const parts = [label, element];
  if (help) {
    const note = make("p", { id: fresh("help"), className: "hb-hint", textContent: help });
    element.setAttribute("aria-describedby", note.id);
    parts.push(note);
  }
  return make("div", { className: "hb-field" }, parts);
};

/**
 * The message of an error.
 * @param {unknown} error
 */
export const reason = (error) => (error instanceof Error ? error.message : String(error));

// Code isn't prose: no spell checking, no automatic capitals.
export const PLAIN = {
  spellcheck: false,
  autocapitalize: "off",
  autocomplete: "off",
  wrap: "off",
  autocorrect: "off",
};
