// A text area that looks like the block of code it replaces. Where a reader writes
// Python, CodeMirror replaces it on focus, if it can be loaded.

const version = new URL(import.meta.url).search;
const { make, PLAIN } = /** @type {typeof import("./dom.js")} */ (
  await import(`./dom.js${version}`)
);

const INDENT = "    ";

/**
 * @typedef {object} EditorOptions
 * @property {string} label its name
 * @property {number} [first] the number of its first line
 * @property {number} [rows] how many lines it has at least
 * @property {boolean} [numbers] whether it shows them
 * @property {HTMLElement} [help] a note on its keys
 * @property {boolean} [highlighted] whether its text is Python to highlight
 * @property {() => void} [changed] what is called after each change
 */

export class Editor {
  /** @param {EditorOptions} options */
  constructor({
    label,
    first = 1,
    rows = 3,
    numbers = true,
    help,
    highlighted = false,
    changed = () => {},
  }) {
    this.counted = 0;
    this.label = label;
    this.help = help;
    this.loading = false;
    /** @type {import("./highlighted.js").Highlighted | null} */
    this.highlighted = null;
    this.first = first;
    this.rows = rows;
    this.numbers = numbers;
    this.changed = changed;
    this.area = make("textarea", { ...PLAIN, className: "hb-code-area", "aria-label": label });
    if (help) this.area.setAttribute("aria-describedby", help.id);
    this.gutter = make("div", { className: "hb-gutter", "aria-hidden": "true" });
    this.lamp = make("div", { className: "hb-lamp", hidden: true });
    this.element = make(
      "div",
      { className: "hb-editor" },
      this.lamp,
      numbers ? this.gutter : null,
      this.area,
    );
    this.area.addEventListener("input", () => {
      this.fit();
      this.light(1, 0);
      this.changed();
    });
    this.area.addEventListener("keydown", (event) => this.indent(event));
    if (highlighted) this.area.addEventListener("focus", () => this.highlight());
    this.composing = false;
    for (const kind of ["compositionstart", "compositionend"]) {
      this.area.addEventListener(kind, () => {
        this.composing = kind === "compositionstart";
      });
    }
    this.fit();
  }

  get value() {
    return this.area.value;
  }

  set value(text) {
    this.area.value = text;
    if (this.highlighted) this.highlighted.value = text;
    this.light(1, 0);
    this.fit();
  }

  focus() {
    if (this.highlighted) this.highlighted.focus();
    else this.area.focus({ preventScroll: true });
  }

  // The text area stays, hidden, with the text that runs and is shared.
  async highlight() {
    if (this.loading) return;
    this.loading = true;
    try {
      /** @type {typeof import("./highlighted.js")} */
      const { Highlighted } = await import(`./highlighted.js${version}`);
      this.swap(Highlighted);
    } catch {
      // The text area can do all of it, except colours; the next focus tries again.
      this.loading = false;
    }
  }

  /** @param {typeof import("./highlighted.js").Highlighted} Highlighted */
  swap(Highlighted) {
    const { area, label, first, rows } = this;
    if (this.composing) {
      area.addEventListener("compositionend", () => this.swap(Highlighted), { once: true });
      return;
    }
    const focused = area.matches(":focus");
    const lamp = this.lamp.hidden ? [1, 0] : (this.lamp.dataset.lines ?? "1-0").split("-");
    const highlighted = new Highlighted({
      label,
      help: this.help?.textContent ?? "",
      first,
      rows,
      text: area.value,
      from: area.selectionStart,
      to: area.selectionEnd,
      changed: (text) => {
        area.value = text;
        this.changed();
      },
    });
    this.highlighted = highlighted;
    area.hidden = true;
    this.gutter.hidden = true;
    area.after(highlighted.element);
    this.light(Number(lamp[0]), Number(lamp[1]));
    if (focused) highlighted.focus();
  }

  // As tall as its text: the page scrolls, not the text area.
  fit() {
    const count = this.area.value.split("\n").length;
    this.area.rows = Math.max(count, this.rows);
    if (!this.numbers || this.counted === count) return;
    this.counted = count;
    const last = String(this.first + count - 1).length;
    this.gutter.textContent = Array.from({ length: count }, (_, n) =>
      String(this.first + n).padStart(last),
    ).join("\n");
  }

  /**
   * Highlight the lines of a step, counted as the editor counts; none if `last` is
   * before `first`.
   * @param {number} first
   * @param {number} last
   */
  light(first, last) {
    if (this.highlighted) {
      this.lamp.hidden = true;
      this.highlighted.light(first, last);
      return;
    }
    this.lamp.hidden = last < first;
    this.lamp.dataset.lines = `${first}-${last}`;
    this.lamp.style.setProperty("--hb-from", String(first - this.first));
    this.lamp.style.setProperty("--hb-lines", String(last - first + 1));
    if (!this.lamp.hidden) this.reveal(this.lamp.offsetTop, this.lamp.offsetHeight);
  }

  /**
   * Scroll the editor if it doesn't show all of its lines; never the page.
   * @param {number} top
   * @param {number} height
   */
  reveal(top, height) {
    const { element } = this;
    const room = element.clientHeight - height;
    if (element.scrollHeight <= element.clientHeight) return;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top > element.scrollTop + room) element.scrollTop = top - Math.max(room, 0);
  }

  /**
   * Indent a new line like the one above. Tab is left to the page.
   * @param {KeyboardEvent} event
   */
  indent(event) {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.isComposing || event.shiftKey) return;
    const before = this.area.value.slice(0, this.area.selectionStart).split("\n").at(-1) ?? "";
    const space = (/^ */.exec(before)?.[0] ?? "") + (before.trimEnd().endsWith(":") ? INDENT : "");
    if (!space) return;
    event.preventDefault();
    // The only insertion that can be undone.
    if (!document.execCommand("insertText", false, `\n${space}`)) {
      this.area.setRangeText(`\n${space}`, this.area.selectionStart, this.area.selectionEnd, "end");
      this.area.dispatchEvent(new Event("input"));
    }
  }

  /**
   * Select a line, counted as the editor counts.
   * @param {number} number
   */
  select(number) {
    if (this.highlighted) {
      this.highlighted.select(number);
      return;
    }
    const lines = this.area.value.split("\n");
    const place = Math.min(Math.max(number - this.first, 0), lines.length - 1);
    const start = lines.slice(0, place).reduce((sum, line) => sum + line.length + 1, 0);
    this.area.focus();
    this.area.setSelectionRange(start, start + lines[place].length);
    const height = this.area.clientHeight / Math.max(this.area.rows, 1);
    this.reveal(this.area.offsetTop + place * height, height);
    const top = this.area.getBoundingClientRect().top + place * height;
    if (top < 80 || top > innerHeight - 80) scrollBy(0, top - innerHeight / 3);
  }
}
