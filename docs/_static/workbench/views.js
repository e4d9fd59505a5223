// The trace of a reader's run as elements: the same views as on a page, built from the
// plain trace in the form that trace.js expects.

const version = new URL(import.meta.url).search;
/** @param {string} file */
const part = (file) => import(`./${file}${version}`);
const [{ make, button }, words] =
  /** @type {[typeof import("./dom.js"), typeof import("./words.js")]} */ (
    await Promise.all(["dom.js", "words.js"].map(part))
  );

/** Steps that are shown at first, and added by each press of the button. */
const FIRST = 100;
const MORE = 300;
const WATCHED = ["response.status", "response.headers", "response.cookies", "g", "session"];

/** @typedef {{ number: number, step: TraceStep }} Numbered */
/** @typedef {{ title: string, trace: Trace, steps: Numbered[] }} Shown */

/** @param {(Node | string)[]} content */
const code = (...content) => make("code", { className: "docutils literal notranslate" }, content);

/** @param {string} text */
const whole = (text) => make("span", { className: "pre" }, text);

/** @param {TraceStep["changes"][number]} change */
const changeOf = (change) =>
  code(whole(change.name), words.change(change).slice(change.name.length));

/** @param {Numbered} item */
const classes = ({ number, step }) =>
  [
    `hb-step-${number}`,
    `hb-kind-${step.kind}`,
    step.line ? `hb-lines-${step.line}-${step.end_line}` : "",
    step.outcome.startsWith("raised") || step.kind === "error" ? "hb-failed" : "",
  ]
    .filter(Boolean)
    .join(" ");

/** @param {TraceStep} step */
const name = (step) => {
  if (step.name === "Response") return [];
  return [" ", words.hasNameInCode(step) ? code(step.name) : make("span", {}, step.name)];
};

/**
 * @param {string} title
 * @param {string} kind
 * @param {HTMLTableRowElement} head
 * @param {HTMLTableRowElement[]} rows
 */
const table = (title, kind, head, rows) =>
  make(
    "div",
    {
      className: `table-wrapper ${kind} docutils container`,
      tabIndex: 0,
      role: "group",
      "aria-label": "Table",
    },
    make(
      "table",
      { className: `${kind} docutils align-default` },
      make("caption", {}, make("span", { className: "caption-text", textContent: title })),
      make("thead", {}, head),
      make("tbody", {}, rows),
    ),
  );

/** @param {Node | string | (Node | string)[]} content */
const p = (content) => make("p", {}, /** @type {any} */ (content));

/** @param {Shown} shown */
const flow = ({ steps }) =>
  make(
    "ol",
    { className: "hb-flow arabic simple", start: steps[0].number },
    steps.map((item) =>
      make(
        "li",
        { className: `${classes(item)}${item.step.depth ? " hb-nested" : ""}` },
        make(
          "p",
          {},
          make("span", { className: "hb-what", textContent: words.label(item.step) }),
          name(item.step),
        ),
      ),
    ),
  );

/**
 * @param {Shown} shown
 * @param {string} key
 */
const execution = ({ title, steps }, key) => {
  const titles = ["Step", "Action", "Input state", "Output state", "Note"];
  const head = make(
    "tr",
    {},
    titles.map((text) => make("th", {}, p(text))),
  );
  const rows = steps.map((item) => {
    const { number, step } = item;
    const changes = words.visibleChanges(step).map((one) => p(changeOf(one)));
    return make(
      "tr",
      { className: classes(item), id: `${key}step-${number}` },
      make("th", { className: "stub" }, p(String(number))),
      make("td", {}, p([words.label(step), ...name(step)])),
      make("td", {}, p(words.summary(step.before))),
      make(
        "td",
        {},
        changes.length ? changes : make("p", { className: "hb-same", textContent: "unchanged" }),
      ),
      make("td", {}, p(words.note(step))),
    );
  });
  return table(`Execution table: ${title}`, "hb-execution", head, rows);
};

/**
 * @param {Shown} shown
 * @param {string[]} watched
 */
const tracker = ({ title, steps }, watched) => {
  /** @param {string} value */
  const follows = (value) =>
    watched.some(
      (one) => value === one || value.startsWith(`${one}[`) || value.startsWith(`${one}.`),
    );
  const states = steps.map(({ number, step }) => ({
    number,
    before: words.flatten(step.before),
    after: words.flatten(step.after),
  }));
  const names = new Set(states.flatMap(({ after }) => [...after.keys()].filter(follows)));
  const changing = states.filter(({ before, after }) =>
    [...names].some((one) => before.get(one) !== after.get(one)),
  );
  if (!changing.length) {
    const textContent = `Nothing that is followed changes: ${title}`;
    return make("p", { className: "hb-same", textContent });
  }
  const head = make(
    "tr",
    {},
    make("th", {}, p("Value")),
    changing.map(({ number }) => make("th", { className: `hb-step-${number}` }, p(String(number)))),
  );
  const rows = [...names].map((one) =>
    make(
      "tr",
      {},
      make("th", { className: "stub" }, p(code(whole(one)))),
      changing.map(({ number, before, after }) => {
        const value = after.get(one);
        const className = `hb-step-${number}`;
        if (before.get(one) === value) return make("td", { className });
        const shown = value === undefined ? make("span", {}, "gone") : code(value);
        return make("td", { className: `${className} hb-changed` }, p(shown));
      }),
    ),
  );
  return table(`Variable tracker, changes only: ${title}`, "hb-tracker", head, rows);
};

/**
 * Each step's changes of the response, of g and of the session, by its number; null
 * is a value that is gone.
 * @param {Shown[]} shown
 */
const changes = (shown) => {
  /** @type {Record<number, Record<string, string | null>>} */
  const told = {};
  /** @type {Map<string, string>} */
  let last = new Map();
  for (const { number, step } of shown.flatMap(({ steps }) => steps)) {
    const now = new Map(
      [...words.flatten(step.after)]
        .filter(([one]) => /^(response\.|g\.|session\[)/.test(one))
        .map(([one, value]) => [one.replace(/^response\./, ""), value]),
    );
    const gone = [...last.keys()].filter((one) => !now.has(one)).map((one) => [one, null]);
    const changed = [...now].filter(([one, value]) => last.get(one) !== value);
    if (gone.length || changed.length) told[number] = Object.fromEntries([...gone, ...changed]);
    last = now;
  }
  return JSON.stringify(told);
};

/**
 * @param {Trace[]} traces
 * @param {number[]} only the numbers of the traces to show, from 1; all if empty
 * @param {number} most steps
 */
const numbered = (traces, only, most) => {
  /** @type {Shown[]} */
  const shown = [];
  let number = 0;
  let hidden = 0;
  for (const [place, trace] of traces.entries()) {
    if (only.length && !only.includes(place + 1)) continue;
    const named = `${trace.method} ${trace.path}`;
    const title = traces.length > 1 ? `request ${place + 1}, ${named}` : named;
    const steps = trace.steps.slice(0, Math.max(most - number, 0));
    hidden += trace.steps.length - steps.length;
    if (!steps.length) continue;
    shown.push({
      title,
      trace,
      steps: steps.map((step, n) => ({ number: number + n + 1, step })),
    });
    number += steps.length;
  }
  return { shown, count: number, hidden };
};

/**
 * Make a section of the page a stepper. The response of a step is shown below the
 * steps, where there is no code beside them.
 * @param {HTMLElement} shown
 */
export const stepThrough = (shown) => {
  globalThis.hookbookTrace.step(shown);
  const pane = shown.nextElementSibling;
  const flows = shown.querySelectorAll(".hb-flow");
  if (pane?.matches(".hb-response-now")) [...flows].at(-1)?.after(pane);
};

/**
 * @param {object} asked
 * @param {Trace[]} asked.traces
 * @param {string[]} [asked.views] flow, table, tracker; all if not given
 * @param {string[]} [asked.watched]
 * @param {number[]} [asked.only]
 * @param {string[]} [asked.keep] kinds of steps that aren't folded
 * @param {string} asked.key the beginning of the ids
 * @param {string} asked.label the name of the section
 * @param {number} [most] steps
 * @returns {HTMLElement | null} null if there is no step
 */
export const section = (asked, most = FIRST) => {
  const { traces, views = ["flow", "table", "tracker"], watched = WATCHED, only = [] } = asked;
  const { shown, count, hidden } = numbered(traces, only, most);
  if (!count) return null;
  const result = make("section", { className: "hb-trace", "aria-label": asked.label });
  result.dataset.trace = asked.key;
  result.dataset.steps = String(count);
  const followed = views.includes("tracker") ? watched : [];
  const own = shown.flatMap(({ steps }) => {
    const plain = steps.map(({ step }) => step);
    return words
      .bookkeeping(plain, followed, asked.keep ?? [])
      .map((place) => steps[place - 1].number);
  });
  if (own.length) result.dataset.folded = own.join(" ");
  if (views.includes("flow")) result.dataset.changes = changes(shown);
  for (const { trace } of shown.filter((one) => !one.trace.complete)) {
    result.append(
      make(
        "p",
        { className: "hb-missing" },
        "The trace of ",
        code(`${trace.method} ${trace.path}`),
        " is incomplete: ",
        code(trace.missing.join("; ")),
      ),
    );
  }
  for (const view of ["flow", "table", "tracker"].filter((one) => views.includes(one))) {
    for (const one of shown) {
      if (view === "flow") {
        const title = one.title[0].toUpperCase() + one.title.slice(1);
        if (traces.length > 1) {
          result.append(make("p", { className: "hb-request-title", textContent: title }));
        }
        result.append(flow(one));
      } else {
        result.append(view === "table" ? execution(one, asked.key) : tracker(one, watched));
      }
    }
  }
  if (hidden) {
    const more = button(`Show more steps (${hidden} are left)`, () => {
      const next = section(asked, most + MORE);
      if (!next) return;
      result.replaceWith(next);
      stepThrough(next);
      /** @type {HTMLElement | null} */ (
        next.querySelector(`.hb-step-${count + 1}`)
      )?.scrollIntoView({
        block: "nearest",
      });
      /** @type {HTMLElement | null} */ (next.querySelector(".hb-controls button"))?.focus({
        preventScroll: true,
      });
    });
    result.append(make("p", { className: "hb-more" }, more));
  }
  return result;
};
