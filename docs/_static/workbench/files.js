// The files beside the app: templates, modules, data.

const version = new URL(import.meta.url).search;
/** @param {string} name */
const part = (name) => import(`./${name}${version}`);
const [{ make, button, field, PLAIN }, { Editor }] =
  /** @type {[typeof import("./dom.js"), typeof import("./editor.js")]} */ (
    await Promise.all(["dom.js", "editor.js"].map(part))
  );

/** The most a link can carry. */
const MOST = 50;

/**
 * @typedef {object} File
 * @property {HTMLInputElement} name
 * @property {import("./editor.js").Editor} editor
 * @property {HTMLElement} element
 */

export class Files {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    /** @type {File[]} */
    this.rows = [];
    this.list = make("div");
    this.add = button("Add a file", () => {
      const { name } = this.append("templates/index.html", "");
      name.select();
      name.focus();
      this.changed();
    });
    this.element = make("div", { className: "hb-files" }, this.list, this.add);
  }

  /**
   * @param {string} file its name
   * @param {string} text
   */
  append(file, text) {
    const name = make("input", { ...PLAIN, type: "text", value: file });
    const editor = new Editor({
      label: "Content of the file",
      numbers: false,
      changed: this.changed,
    });
    editor.value = text;
    const remove = button("Remove", () => this.remove(row), { "aria-label": "Remove the file" });
    /** @type {File} */
    const row = {
      name,
      editor,
      element: make(
        "div",
        { className: "hb-file" },
        make("div", { className: "hb-request-line" }, field("File, beside app.py", name), remove),
        editor.element,
      ),
    };
    const call = () => {
      editor.area.setAttribute("aria-label", `Content of ${name.value || "the file"}`);
      remove.setAttribute("aria-label", `Remove ${name.value || "the file"}`);
    };
    name.addEventListener("input", () => {
      call();
      this.changed();
    });
    call();
    this.rows.push(row);
    this.list.append(row.element);
    this.add.hidden = this.rows.length >= MOST;
    return row;
  }

  /** @param {File} row */
  remove(row) {
    const place = this.rows.indexOf(row);
    this.rows.splice(place, 1);
    row.element.remove();
    this.add.hidden = false;
    (this.rows[place]?.name ?? this.add).focus();
    this.changed();
  }

  /** @returns {[string, string][]} */
  get value() {
    return this.rows.map(({ name, editor }) => [name.value.trim(), editor.value]);
  }

  set value(files) {
    this.rows = [];
    this.add.hidden = false;
    this.list.replaceChildren();
    for (const [name, text] of files) this.append(name, text);
  }

  get message() {
    const files = this.value;
    const names = files.map(([name]) => name);
    if (names.includes("")) throw new Error("A file has no name: give it one, or remove it.");
    if (new Set(names).size < names.length) throw new Error("Two files have the same name.");
    if (names.includes("app.py")) throw new Error("The code above is already app.py.");
    return Object.fromEntries(files);
  }
}
