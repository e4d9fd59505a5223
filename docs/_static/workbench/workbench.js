// The editor in the place of a snippet, a trace or a task's starting point, with what
// runs it and what came of it.

const version = new URL(import.meta.url).search;
const part = (name) => import(`./${name}${version}`);
const [{ make, fresh, button, enable }, client, { Editor }, { Requests, guess }, shown] =
  await Promise.all(["dom.js", "client.js", "editor.js", "requests.js", "result.js"].map(part));

const style = new URL(`workbench.css${version}`, import.meta.url).href;
const FIRST = `The first run loads Python into this browser: about ${client.megabytes} MB, from this site, once.`;
const SLOW = 1500;

const styled = new Promise((resolve, reject) => {
  const link = make("link", { rel: "stylesheet", href: style });
  link.addEventListener("load", resolve);
  link.addEventListener("error", () => reject(new Error("workbench.css is missing")));
  document.head.append(link);
});

const WAYS = { scenario: "Scenario", check: "Check", requests: "Requests" };

export class Workbench {
  // given: name, first, code, blocks, ways, and what a trace is asked for with.
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
      help: help.id,
      changed: () => this.changed(),
    });
    this.requests = new Requests(() => this.changed());
    this.scenario = make("div");
    this.ways = this.choice(given.ways);
    this.start = button("Run", () => this.run(), { className: "hb-button hb-start" });
    this.halt = button("Stop", () => client.stop());
    this.restore = button("Reset", () => this.reset());
    this.bar = make("div", { className: "hb-bar" }, this.start, this.halt, this.restore);
    this.status = make("p", { className: "hb-verdict", role: "status" });
    this.result = make("div", { className: "hb-result", hidden: true });
    this.traced = make("div", { className: "hb-traced" });
    this.figure = make(
      "figure",
      { className: "hb-snippet" },
      this.code.element,
      help,
      ...(given.between ?? []),
      make("div", { className: "hb-run" }, this.ways, this.scenario, this.requests.element),
      this.bar,
      this.status,
      this.result,
    );
    this.element = make(
      "div",
      { className: "hb-workbench", role: "group", "aria-label": given.title ?? `Your version of ${given.name}` },
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

  choice(ways) {
    const group = fresh("way");
    this.radios = ways.map((value) => {
      const input = make("input", { type: "radio", name: group, value });
      input.addEventListener("change", () => {
        this.choose(value);
        this.changed();
      });
      return input;
    });
    const labels = this.radios.map((input) => make("label", {}, input, WAYS[input.value]));
    return make(
      "fieldset",
      { className: "hb-ways" },
      make("legend", { className: "hb-visually-hidden", textContent: "What to run" }),
      labels,
    );
  }

  choose(way) {
    this.way = way;
    for (const input of this.radios) input.checked = input.value === way;
    this.requests.element.hidden = way !== "requests";
    this.scenario.hidden = way === "requests";
    this.start.textContent = way === "check" ? "Check" : "Run";
  }

  // Everything as it was given.
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

  // What the reader has made of it.
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
    this.blocks.forEach((one, place) => (one.value = scenario[place] ?? ""));
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
    this.onresult?.(false);
  }

  say(text, kind = "") {
    this.status.className = `hb-verdict ${kind}`;
    this.status.textContent = text;
  }

  get message() {
    const { name, first, blocks, views, watch, only } = this.given;
    const message = {
      type: this.way,
      name,
      first,
      code: this.code.value,
      files: this.files(),
      key: this.key,
      views,
      watch,
    };
    if (this.way === "requests") return { ...message, requests: this.requests.message };
    const sources = this.blocks.map((one, place) => ({
      ...blocks[place],
      source: `${one.value}\n`,
    }));
    return this.way === "check"
      ? { ...message, check: sources }
      : { ...message, only, blocks: sources };
  }

  get busy() {
    return this.start.getAttribute("aria-disabled") === "true";
  }

  running(on) {
    enable(this.start, !on);
    enable(this.halt, on);
    enable(this.restore, !on);
    this.element.classList.toggle("hb-busy", on);
  }

  async run() {
    const way = this.way;
    let slow = null;
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
      const { label, name, unfolded } = this.given;
      const traced = await shown.trace(result, label ?? name, this.traced, unfolded);
      this.onresult?.(traced);
      const good = result.ok && result.passed !== false;
      const kind = way === "check" ? (good ? "hb-good" : "hb-bad") : result.ok ? "" : "hb-bad";
      this.say(shown.verdict(result, way), kind);
    } catch (error) {
      this.clear();
      this.say(error instanceof client.Ended ? "Stopped. Run starts anew." : error.message, "hb-bad");
    } finally {
      clearTimeout(slow);
      this.running(false);
    }
  }
}

const find = async (name) => {
  const known = await client.corpus();
  const snippet = known[name];
  if (!snippet) throw new Error(`there is no snippet ${name} in this build`);
  return snippet;
};

const words = (text) => (text ? text.split(",").map((word) => word.trim()) : undefined);

// What to ask of the worker: all views that the page has of this trace, and the flow;
// the page's own values and requests.
const asked = (trace) => {
  if (!trace) return {};
  const key = CSS.escape(trace.dataset.trace);
  const parts = [...document.querySelectorAll(`.hb-trace[data-trace="${key}"]`)];
  const named = parts.map((one) => /: ([a-z, ]+)$/.exec(one.getAttribute("aria-label"))?.[1]);
  const watch = parts.flatMap((one) => words(one.dataset.watch) ?? []);
  return {
    views: [...new Set(["flow", ...named.flatMap((one) => words(one) ?? [])])],
    watch: watch.length ? [...new Set(watch)] : undefined,
    only: words(trace.dataset.requests)?.map(Number),
  };
};

const opened = new Map();

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
  const figure = trace ? trace.querySelector("figure.hb-snippet") : place;
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
    else trace.append(bench.element);
    if (figure) figure.hidden = true;
    if (trace) trace.after(bench.traced);
    trace?.classList.toggle("hb-replaced", bench.replaced ?? false);
    bench.code.area.focus({ preventScroll: true });
    bench.element.scrollIntoView({ block: "nearest" });
  };
  bench.onresult = (traced) => {
    bench.replaced = traced;
    trace?.classList.toggle("hb-replaced", traced);
  };
  return { bench, figure };
};

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
