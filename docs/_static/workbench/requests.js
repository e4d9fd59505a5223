// A list of requests that the reader edits; all requests of a run share a cookie jar.

const { make, fresh, button, field, reason, PLAIN } = /** @type {typeof import("./dom.js")} */ (
  await import(`./dom.js${new URL(import.meta.url).search}`)
);

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const MOST = 20;

/**
 * @param {string} text
 * @param {string} mark
 * @param {string} what
 */
const pairs = (text, mark, what) =>
  text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => {
      const place = line.indexOf(mark);
      if (place < 1) throw new Error(`${what} “${line.trim()}” has no “${mark}”`);
      return [line.slice(0, place).trim(), line.slice(place + 1).trim()];
    });

/**
 * The content type that a form or a script would send with this body.
 * @param {string} body
 */
const typeOf = (body) => {
  if (/^\s*[[{]/.test(body)) return "application/json";
  if (/^[^\s=&]+=[^\n]*$/.test(body)) return "application/x-www-form-urlencoded";
  return "text/plain";
};

class Row {
  /**
   * @param {Requests} list
   * @param {RequestText} request
   */
  constructor(list, { method = "GET", path = "/", headers = "", cookies = "", body = "" } = {}) {
    const changed = () => list.changed();
    this.method = make(
      "select",
      {},
      METHODS.map((name) => make("option", { value: name, textContent: name })),
    );
    this.method.value = METHODS.includes(method) ? method : "GET";
    this.path = make("input", { ...PLAIN, type: "text", value: path });
    /** @param {string} value */
    const area = (value) => make("textarea", { ...PLAIN, rows: 2, value });
    this.headers = area(headers);
    this.cookies = area(cookies);
    this.body = area(body);
    this.more = make(
      "details",
      { open: Boolean(headers || cookies || body) },
      make("summary", { textContent: "Headers, cookies, body" }),
      field("Headers", this.headers, "One a line, as in Accept: text/html"),
      field(
        "Cookies",
        this.cookies,
        "One a line, as in theme=dark; put into the jar before this request",
      ),
      field(
        "Body",
        this.body,
        "a=1&b=2 is sent as a form, {…} as JSON, unless a Content-Type header says otherwise",
      ),
    );
    this.remove = button("Remove", () => list.remove(this));
    this.legend = make("legend");
    const line = make(
      "div",
      { className: "hb-request-line" },
      field("Method", this.method),
      field("Path", this.path),
      this.remove,
    );
    this.element = make("fieldset", { className: "hb-request" }, this.legend, line, this.more);
    this.element.addEventListener("input", changed);
  }

  /**
   * @param {number} place
   * @param {boolean} alone
   */
  number(place, alone) {
    this.legend.textContent = `Request ${place}`;
    this.remove.setAttribute("aria-label", `Remove request ${place}`);
    this.remove.hidden = alone;
  }

  // As the reader wrote it.
  get text() {
    const { method, path, headers, cookies, body } = this;
    return {
      method: method.value,
      path: path.value,
      headers: headers.value,
      cookies: cookies.value,
      body: body.value,
    };
  }

  // As the worker expects it.
  get message() {
    const { method, path, body } = this.text;
    const headers = pairs(this.headers.value, ":", "the header");
    if (body && !headers.some(([name]) => name.toLowerCase() === "content-type")) {
      headers.push(["Content-Type", typeOf(body)]);
    }
    const cookies = Object.fromEntries(pairs(this.cookies.value, "=", "the cookie"));
    return { method, path: path.trim() || "/", headers, cookies, body };
  }
}

export class Requests {
  /** @param {() => void} changed */
  constructor(changed = () => {}) {
    this.changed = changed;
    /** @type {Row[]} */
    this.rows = [];
    this.list = make("div");
    this.add = button("Add a request", () => {
      const row = new Row(this, { path: this.rows.at(-1)?.path.value });
      this.append(row);
      row.path.focus();
      this.changed();
    });
    this.note = make("p", {
      id: fresh("note"),
      className: "hb-hint",
      textContent:
        "Sent one after the other, with one cookie jar, which is empty when a run starts.",
    });
    this.element = make("div", { className: "hb-requests" }, this.list, this.add, this.note);
    /** @type {RequestText[]} */
    this.value = [{}];
  }

  /** @param {Row} row */
  append(row) {
    this.rows.push(row);
    this.list.append(row.element);
    this.count();
  }

  /** @param {Row} row */
  remove(row) {
    const place = this.rows.indexOf(row);
    this.rows.splice(place, 1);
    row.element.remove();
    this.count();
    (this.rows[place] ?? this.rows.at(-1))?.path.focus();
    this.changed();
  }

  count() {
    for (const [place, row] of this.rows.entries()) {
      row.number(place + 1, this.rows.length === 1);
    }
    this.add.hidden = this.rows.length >= MOST;
    this.note.hidden = this.rows.length === 1;
  }

  /** @returns {RequestText[]} */
  get value() {
    return this.rows.map((row) => row.text);
  }

  set value(requests) {
    this.rows = [];
    this.list.replaceChildren();
    for (const one of requests.slice(0, MOST)) this.append(new Row(this, one));
  }

  get message() {
    return this.rows.map((row, place) => {
      try {
        return row.message;
      } catch (error) {
        row.more.open = true;
        throw new Error(`Request ${place + 1}: ${reason(error)}.`, { cause: error });
      }
    });
  }
}

const CALL = /\.(get|post|put|patch|delete|head|options)\(\s*(["'])(\/[^"']*)\2/g;

/**
 * The requests that a scenario makes, as far as its text shows them.
 * @param {string} source
 * @returns {RequestText[]}
 */
export const guess = (source) => {
  const found = [...source.matchAll(CALL)].map(([, method, , path]) => ({
    method: method.toUpperCase(),
    path,
  }));
  return found.length ? found.slice(0, MOST) : [{}];
};
