// The editor that replaces a snippet, a trace or a task's starting point, with buttons
// to run it and the result.

const version = new URL(import.meta.url).search;
/** @param {string} name */
const part = (name) => import(`./${name}${version}`);
/**
 * @typedef {[
 *   typeof import("./dom.js"),
 *   typeof import("./client.js"),
 *   typeof import("./editor.js"),
 *   typeof import("./requests.js"),
 *   typeof import("./result.js"),
 * ]} Parts
 */
const [{ make, fresh, button, enable, reason }, client, { Editor }, { Requests, guess }, shown] =
  /** @type {Parts} */ (
    await Promise.all(["dom.js", "client.js", "editor.js", "requests.js", "result.js"].map(part))
  );

const style = new URL(`workbench.css${version}`, import.meta.url).href;
const FIRST = `The first run loads Python into this browser: about ${client.megabytes} MB, from this site, once.`;
const SLOW = 1500;

/** @type {Promise<void>} */
const styled = new Promise((resolve, reject) => {
  const link = make("link", { rel: "stylesheet", href: style });
  link.addEventListener("load", () => resolve());
  link.addEventListener("error", () => reject(new Error("workbench.css is missing")));
  document.head.append(link);
});

const WAYS = { scenario: "Scenario", check: "Check", requests: "Requests" };

/**
 * @typedef {object} Given the initial state of a workbench
 * @property {string} name of the snippet
 * @property {string} [label] the name that readers see
 * @property {string} [title] the name of the whole
 * @property {number} first the number of the first line
 * @property {number} [rows]
 * @property {string} code
 * @property {Part[]} blocks
 * @property {RequestText[]} [requests] the scenario's, if there are none
 * @property {Way[]} ways of running it
 * @property {string[] | undefined} [views] of a trace, with its options
 * @property {string[] | undefined} [watch]
 * @property {string[] | undefined} [keep]
 * @property {number[] | undefined} [only]
 * @property {boolean} [unfolded] whether a trace is shown at once
 * @property {HTMLElement[]} [between] what is below the code
 * @property {() => Record<string, string>} [files] beside the code
 */

export class Workbench {
  /**
   * @param {Given} given
   * @param {() => void} changed is called after each change
   */
  constructor(given, changed = () => {}) {
    this.given = given;
    this.changed = changed;
    this.key = `${fresh("trace")}-`;
    this.files = given.files ?? (() => ({}));
    const help = make("p", {
      id: fresh("help"),
      className: "hb-hint",
      textContent: "Tab leaves the editor. Ctrl+Enter runs.",
    });
    this.code = new Editor({
      label: `Code: ${given.label ?? given.name}`,
      first: given.first,
      rows: given.rows,
      help,
      highlighted: true,
      changed: () => this.changed(),
    });
    /** @type {import("./editor.js").Editor[]} */
    this.blocks = [];
    this.way = given.ways[0];
    this.replaced = false;
    /** @type {(() => void) | undefined} */
    this.onreset = undefined;
    /** @type {((traced: boolean) => void) | undefined} */
    this.onresult = undefined;
    this.show = () => {};
    this.close = () => {};
    this.requests = new Requests(() => this.changed());
    this.scenario = make("div");
    this.radios = given.ways.map((value) => make("input", { type: "radio", value }));
    this.ways = this.choice(given.ways);
    this.start = button("Run", () => this.run(), { className: "hb-button hb-start" });
    this.halt = button("Stop", () => client.stop());
    this.restore = button("Reset", () => this.reset());
    this.bar = make("div", { className: "hb-bar" }, this.start, this.halt, this.restore);
    this.status = make("p", { className: "hb-verdict", role: "status" });
    this.result = make("div", { className: "hb-result", hidden: true });
    this.traced = make("div", { className: "hb-traced" });
    this.traced.addEventListener("hookbook:step", (event) => {
      const { first, last } = /** @type {CustomEvent} */ (event).detail;
      this.code.light(first, last);
    });
    this.written = make(
      "div",
      { className: "hb-written" },
      this.code.element,
      help,
      ...(given.between ?? []),
      make("div", { className: "hb-run" }, this.ways, this.scenario, this.requests.element),
    );
    this.outcome = make("div", { className: "hb-outcome" }, this.bar, this.status, this.result);
    this.figure = make("figure", { className: "hb-snippet" }, this.written, this.outcome);
    this.element = make(
      "div",
      {
        className: "hb-workbench",
        role: "group",
        "aria-label": given.title ?? `Your version of ${given.name}`,
      },
      this.figure,
      this.traced,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        if (!this.busy) this.run();
      }
    });
    this.fill();
    this.running(false);
    this.say(client.warm() ? "" : FIRST);
  }

  /** @param {Way[]} ways */
  choice(ways) {
    const group = fresh("way");
    const labels = this.radios.map((input, place) => {
      input.name = group;
      input.addEventListener("change", () => {
        this.choose(ways[place]);
        this.changed();
      });
      return make("label", {}, input, WAYS[ways[place]]);
    });
    return make(
      "fieldset",
      { className: "hb-ways" },
      make("legend", { className: "hb-visually-hidden", textContent: "What to run" }),
      labels,
    );
  }

  /** @param {Way} way */
  choose(way) {
    this.way = way;
    for (const input of this.radios) input.checked = input.value === way;
    this.requests.element.hidden = way !== "requests";
    this.scenario.hidden = way === "requests";
    this.start.textContent = way === "check" ? "Check" : "Run";
  }

  // The initial state.
  fill() {
    const { code, blocks, ways, requests } = this.given;
    this.code.value = code;
    this.blocks = blocks.map((one, place) => {
      const word = ways.includes("check") ? "Check" : "Scenario";
      const label = blocks.length > 1 ? `${word}, part ${place + 1}` : word;
      const editor = new Editor({ label, numbers: false, rows: 1, changed: () => this.changed() });
      editor.value = one.source.replace(/^\n+|\n+$/g, "");
      editor.area.readOnly = ways.includes("check");
      return editor;
    });
    this.scenario.replaceChildren(...this.blocks.map((one) => one.element));
    this.requests.value = requests ?? guess(blocks.map((one) => one.source).join("\n"));
    this.choose(ways[0]);
  }

  // The reader's changes.
  get state() {
    return {
      code: this.code.value,
      scenario: this.blocks.map((one) => one.value),
      requests: this.requests.value,
      way: this.way,
    };
  }

  set state({ code, scenario, requests, way }) {
    this.code.value = code;
    for (const [place, one] of this.blocks.entries()) one.value = scenario[place] ?? "";
    this.requests.value = requests;
    this.choose(way);
  }

  reset() {
    this.fill();
    this.onreset?.();
    this.clear();
    this.say("Reset: this is the first version again.");
    this.changed();
  }

  clear() {
    this.result.hidden = true;
    this.result.replaceChildren();
    this.traced.replaceChildren();
    this.code.light(1, 0);
    this.onresult?.(false);
  }

  /**
   * @param {string | (string | Node)[]} said
   * @param {string} kind
   */
  say(said, kind = "") {
    this.status.className = `hb-verdict ${kind}`;
    this.status.replaceChildren(...[said].flat());
  }

  /** @returns {Message} */
  get message() {
    const { name, first, blocks } = this.given;
    const message = {
      type: this.way,
      name,
      first,
      code: this.code.value,
      files: this.files(),
    };
    if (this.way === "requests") return { ...message, requests: this.requests.message };
    const sources = this.blocks.map((one, place) => ({
      ...blocks[place],
      source: `${one.value}\n`,
    }));
    return this.way === "check" ? { ...message, check: sources } : { ...message, blocks: sources };
  }

  get busy() {
    return this.start.getAttribute("aria-disabled") === "true";
  }

  /** @param {boolean} on */
  running(on) {
    enable(this.start, !on);
    enable(this.halt, on);
    enable(this.restore, !on);
    this.element.classList.toggle("hb-busy", on);
  }

  async run() {
    const way = this.way;
    let slow = 0;
    /** @param {Progress} progress */
    const progress = ({ stage, message }) => {
      clearTimeout(slow);
      if (stage === "run") slow = setTimeout(() => this.say("Still running. Stop ends it."), SLOW);
      this.say(`${message}…`);
    };
    this.running(true);
    this.say(client.warm() ? "Running…" : "Starting Python…");
    try {
      const result = await client.run(this.message, progress);
      this.result.replaceChildren(...shown.details(result, way, (line) => this.code.select(line)));
      this.result.hidden = !this.result.childElementCount;
      const { label, name, unfolded, views, watch, keep } = this.given;
      const traced = await shown.trace(result, label ?? name, this.traced, {
        open: unfolded ?? false,
        key: this.key,
        views,
        watched: watch,
        keep,
        only: way === "scenario" ? this.given.only : undefined,
      });
      this.onresult?.(traced);
      const good = result.ok && (way !== "check" || result.passed !== false);
      const kind = way === "check" ? "hb-good" : "";
      this.say(shown.verdict(result, way), good ? kind : "hb-bad");
    } catch (error) {
      this.clear();
      let told = /** @type {string | (string | Node)[]} */ (reason(error));
      if (error instanceof client.Ended) told = "Stopped. Run starts again.";
      if (error instanceof client.Gave) told = shown.gave(error.message);
      this.say(told, "hb-bad");
    } finally {
      clearTimeout(slow);
      this.running(false);
    }
  }
}

/** @param {string} name */
const find = async (name) => {
  const known = await client.corpus();
  const snippet = known[name];
  if (!snippet) throw new Error(`there is no snippet ${name} in this build`);
  return snippet;
};

/** @param {string | undefined} text */
const words = (text) => (text ? text.split(",").map((word) => word.trim()) : undefined);

/**
 * What to ask of the worker: all views that the page has of this trace, and the flow;
 * the page's own values and requests.
 * @param {HTMLElement | null} trace
 * @returns {Pick<Given, "views" | "watch" | "only" | "keep">}
 */
const asked = (trace) => {
  if (!trace) return {};
  const key = CSS.escape(trace.dataset.trace ?? "");
  const sections = document.querySelectorAll(`.hb-trace[data-trace="${key}"]`);
  const parts = [.../** @type {NodeListOf<HTMLElement>} */ (sections)];
  const named = parts.map((one) => /: ([a-z, ]+)$/.exec(one.getAttribute("aria-label") ?? "")?.[1]);
  const watch = parts.flatMap((one) => words(one.dataset.watch) ?? []);
  return {
    views: [...new Set(["flow", ...named.flatMap((one) => words(one) ?? [])])],
    watch: watch.length ? [...new Set(watch)] : undefined,
    only: words(trace.dataset.requests)?.map(Number),
    keep: parts.flatMap((one) => words(one.dataset.keep) ?? []),
  };
};

/** @type {Map<HTMLElement, { bench: Workbench, figure: HTMLElement | null }>} */
const opened = new Map();

/** @param {Opened} opened */
const open = async ({ name, place, trace, task }) => {
  const [snippet, solution] = await Promise.all([find(name), task ? find(task) : null, styled]);
  const bench = new Workbench({
    name,
    first: snippet.first,
    code: snippet.code.replace(/\n+$/, ""),
    blocks: (solution ?? snippet).blocks,
    ways: [task ? "check" : "scenario", "requests"],
    unfolded: Boolean(trace),
    ...asked(trace),
  });
  const figure = trace
    ? /** @type {HTMLElement | null} */ (trace.querySelector("figure.hb-snippet"))
    : place;
  const title = figure?.querySelector(".hb-title")?.textContent ?? name;
  const back = button("Back to the page", () => bench.close());
  bench.figure.prepend(
    make(
      "figcaption",
      { className: "hb-caption" },
      make("span", { className: "hb-title", textContent: `Your version: ${title}` }),
      back,
    ),
  );
  bench.show = () => {
    if (figure) figure.before(bench.element);
    else trace?.append(bench.element);
    if (figure) figure.hidden = true;
    if (trace) trace.after(bench.traced);
    trace?.classList.toggle("hb-replaced", bench.replaced);
    bench.code.focus();
    bench.element.scrollIntoView({ block: "nearest" });
  };
  bench.onresult = (traced) => {
    bench.replaced = traced;
    trace?.classList.toggle("hb-replaced", traced);
  };
  return { bench, figure };
};

/** @param {Opened} what */
export const edit = async (what) => {
  const { place, trace, button: opener } = what;
  let entry = opened.get(opener);
  if (!entry) {
    entry = await open(what);
    opened.set(opener, entry);
    const { bench, figure } = entry;
    bench.close = () => {
      if (bench.busy) client.stop();
      bench.element.remove();
      bench.traced.remove();
      if (figure) figure.hidden = false;
      (trace ?? place).classList.remove("hb-replaced");
      opener.hidden = false;
      opener.focus();
    };
  }
  if (!trace) entry.bench.element.append(entry.bench.traced);
  opener.hidden = true;
  entry.bench.show();
};

export { styled };
