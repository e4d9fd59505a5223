// Small help with elements.

// Words with a dash, and these, are attributes; everything else is a property.
const ATTRIBUTES = new Set(["role", "for", "autocorrect"]);

export const make = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (ATTRIBUTES.has(name) || name.includes("-")) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat().filter((child) => child != null));
  return element;
};

let count = 0;

// An id that the page doesn't have.
export const fresh = (word) => `hb-run-${word}-${(count += 1)}`;

export const button = (text, action, properties = {}) => {
  const element = make("button", { type: "button", className: "hb-button", ...properties });
  element.textContent = text;
  element.addEventListener("click", () => {
    if (element.getAttribute("aria-disabled") !== "true") action();
  });
  return element;
};

// A button that can't be used now keeps the focus.
export const enable = (element, on) => element.setAttribute("aria-disabled", String(!on));

// A labelled field: the label, the field, and a word of help if there is one.
export const field = (text, element, help = "") => {
  element.id ||= fresh("field");
  const label = make("label", { for: element.id, textContent: text });
  const parts = [label, element];
  if (help) {
    const note = make("p", { id: fresh("help"), className: "hb-hint", textContent: help });
    element.setAttribute("aria-describedby", note.id);
    parts.push(note);
  }
  return make("div", { className: "hb-field" }, parts);
};

// Code isn't prose: no red waves below it, no capitals of a phone's keyboard.
export const PLAIN = {
  spellcheck: false,
  autocapitalize: "off",
  autocomplete: "off",
  wrap: "off",
  autocorrect: "off",
};
