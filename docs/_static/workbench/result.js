// The result of a run: in one sentence, and in full.

const version = new URL(import.meta.url).search;
/** @param {string} name */
const part = (name) => import(`./${name}${version}`);
const [{ make, button }, { section, stepThrough }] =
  /** @type {[typeof import("./dom.js"), typeof import("./views.js")]} */ (
    await Promise.all(["dom.js", "views.js"].map(part))
  );

/**
 * @typedef {object} Asked what to show of a trace
 * @property {boolean} open
 * @property {string} key
 * @property {string[] | undefined} views
 * @property {string[] | undefined} watched
 * @property {number[] | undefined} only
 * @property {string[] | undefined} keep
 */

/**
 * @param {string} name
 * @param {(address: string) => HTMLElement} build
 * @returns {Promise<void>}
 */
const once = (name, build) => {
  const address = new URL(`../${name}`, import.meta.url);
  const loaded = /** @type {NodeListOf<HTMLScriptElement | HTMLLinkElement>} */ (
    document.querySelectorAll("script[src], link[href]")
  );
  const there = [...loaded].some(
    (one) => new URL("src" in one ? one.src : one.href).pathname === address.pathname,
  );
  if (there) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const element = build(address.href + version);
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", () => reject(new Error(`${name} could not be loaded`)));
    document.head.append(element);
  });
};

/** @param {string} href */
const style = (href) => make("link", { rel: "stylesheet", href });

// The style and the script of a trace, on a page that has none of its own.
export const tracer = () =>
  Promise.all([
    once("snippet.css", style),
    once("trace.css", style),
    once("stepping.css", style),
    once("response.css", style),
    once("folding.css", style),
    once("trace.js", (src) => make("script", { src })),
  ]);

/**
 * A title above a scrolling text, with a longer name if there are several.
 * @param {string} title
 * @param {string} text
 * @param {string} kind
 * @param {string} name
 */
const block = (title, text, kind = "", name = title) => {
  if (!text) return [];
  const pre = make("pre", { tabIndex: 0, textContent: text.replace(/\n$/, "") });
  pre.setAttribute("role", "group");
  pre.setAttribute("aria-label", name);
  return [
    make("p", { className: "hb-label", textContent: title }),
    make("div", { className: `hb-output ${kind}` }, make("div", { className: "highlight" }, pre)),
  ];
};

/**
 * The program's words, inside our sentence.
 * @param {string} text
 */
const said = (text) => {
  const shown = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  return make("code", { className: "hb-said", textContent: shown });
};

/** @param {RunError} error */
const where = (error) => [said(error.message), error.line ? ` (line ${error.line})` : ""];

/** @param {Result} result */
const seconds = (result) => `${result.seconds.toFixed(2)} s`;

/** @param {RunResponse[]} responses */
const statuses = (responses) =>
  responses.flatMap((one, place) => [
    place ? ", " : "",
    one.status ? said(one.status) : "no response",
  ]);

/**
 * The sentence that is shown and announced.
 * @param {Result} result
 * @param {Way} kind
 * @returns {(string | HTMLElement)[]}
 */
export const verdict = (result, kind) => {
  const { error, responses } = result;
  if (error?.kind === "syntax") return ["Not run: ", ...where(error), "."];
  if (error?.kind === "limit") return [`Ended after ${seconds(result)}: `, ...where(error), "."];
  if (error && !responses.length) return ["Ended by an error: ", ...where(error), "."];
  const ran = `Ran in ${seconds(result)}`;
  const answers = statuses(responses);
  if (error) return [`${ran}: `, ...answers, ". Raised: ", ...where(error), "."];
  if (kind === "check") {
    return result.passed
      ? [`Solved in ${seconds(result)}: it prints what it must.`]
      : ["Not solved yet: the output is not what it must print."];
  }
  if (answers.length) return [`${ran}: `, ...answers, "."];
  const other = result.blocks.some((one) => one.same === false);
  return [`${ran}.${other ? " The output differs from the page's." : ""}`];
};

/** The last message of a crashed Python. @param {string} text */
export const gave = (text) => ["Python itself stopped: ", said(text), ". Run starts it again."];

/** @param {RunResponse["body"]} body */
const textOf = ({ text, size, note }) => {
  if (text !== null) return text;
  return size ? `(${note})` : "";
};

/**
 * @param {RunResponse} one
 * @param {number} place
 * @param {number} count
 */
const response = (one, place, count) => {
  const name = count > 1 ? `Response ${place + 1}` : "Response";
  const line = make(
    "p",
    { className: "hb-status-line" },
    `${one.method} ${one.path} `,
    make("strong", { textContent: one.status || "no response: the exception left Flask" }),
  );
  const headers = one.headers.map(([key, value]) => `${key}: ${value}`).join("\n");
  return [
    make("p", { className: "hb-label", textContent: name }),
    line,
    ...block("Headers", headers, "", `Headers of ${name.toLowerCase()}`),
    ...block(
      one.body.cut ? "Body, its beginning" : "Body",
      textOf(one.body),
      "",
      `Body of ${name.toLowerCase()}`,
    ),
  ];
};

/**
 * @param {RunError} error
 * @param {(line: number) => void} go
 */
const errorParts = (error, go) => {
  const { line } = error;
  const jump = line ? button(`Go to line ${line}`, () => go(line)) : null;
  return [
    make(
      "p",
      { className: "hb-error" },
      make("code", { className: "hb-said", textContent: error.message }),
      jump ? " " : null,
      jump,
    ),
    ...block("Traceback", error.traceback === error.message ? "" : error.traceback, "hb-traceback"),
  ];
};

/**
 * @param {Result} result
 * @param {Way} kind
 */
const blocks = (result, kind) =>
  result.blocks.flatMap((one) =>
    one.same === false
      ? [
          ...block(
            kind === "check" ? "It must print" : "On the page it printed",
            one.want,
            "hb-wanted",
          ),
          ...(one.printed
            ? block("It printed", one.printed, "hb-printed")
            : [make("p", { className: "hb-label", textContent: "It printed nothing" })]),
        ]
      : block("Output", one.printed),
  );

/** @param {string} text */
const plain = (text) => text.replaceAll("`", "");

/** @param {number | null} line */
const atLine = (line) => (line ? `, line ${line}` : "");

/**
 * The functions that were not called, and the mistakes that were found. All of it is
 * from the program's own Python: set as output, with links to this site's pages only.
 * @param {Result} result
 */
const conclusions = ({ traces, findings }) => {
  const skipped = traces.flatMap(({ method, path, not_run }) =>
    not_run.map((one) => {
      const request = traces.length > 1 ? `${method} ${path}: ` : "";
      const by = one.distribution ? ` of ${one.distribution}` : "";
      return `${request}${one.phase} ${one.name}${by} (${one.owner}${atLine(one.line)}): ${plain(one.reason)}`;
    }),
  );
  const found = findings.map((one) => `${one.function}${atLine(one.line)}: ${plain(one.sentence)}`);
  const pages = new Set(
    findings.map(({ page, anchor }) => `${page}.html${anchor && "#"}${anchor}`),
  );
  const links = [...pages].map((page) =>
    make("li", {}, make("a", { href: new URL(`../../${page}`, import.meta.url).href }, page)),
  );
  return [
    ...block("Findings", found.join("\n")),
    ...(links.length
      ? [
          make("p", { className: "hb-label", textContent: "Pages that explain them" }),
          make("ul", { className: "hb-pages" }, links),
        ]
      : []),
    ...block("Registered, and not called", skipped.join("\n")),
  ];
};

/** @param {Result} result */
const cookies = (result) =>
  result.cookies.map((one) => `${one.name}=${one.value}; Path=${one.path}`).join("\n");

/**
 * The elements of a result, without the trace.
 * @param {Result} result
 * @param {Way} kind
 * @param {(line: number) => void} go to a line of the code
 */
export const details = (result, kind, go) => {
  /** @type {HTMLElement[]} */
  const parts = [];
  if (result.error) parts.push(...errorParts(result.error, go));
  parts.push(
    ...result.responses.flatMap((one, place, all) => response(one, place, all.length)),
    ...block("Cookie jar afterwards", cookies(result)),
  );
  if (result.blocks.length) parts.push(...blocks(result, kind));
  else parts.push(...block("Printed", result.stdout));
  if (result.truncated) {
    parts.push(
      make("p", { className: "hb-hint", textContent: "What was printed after that is left out." }),
    );
  }
  parts.push(...conclusions(result));
  if (result.stderr) {
    const [, log] = block("Log and warnings", result.stderr);
    parts.push(make("details", {}, make("summary", { textContent: "Log and warnings" }), log));
  }
  return parts;
};

/**
 * The trace of the reader's version, with a stepper; false if nothing was traced. It
 * stays open or closed, as the reader left it.
 * @param {Result} result
 * @param {string} name
 * @param {HTMLElement} holder
 * @param {Asked} asked
 */
export const trace = async (result, name, holder, { open, key, views, watched, only, keep }) => {
  const before = /** @type {HTMLDetailsElement | null} */ (
    holder.querySelector(":scope > details")
  );
  holder.replaceChildren();
  const label = `Trace of your version of ${name}`;
  const shown = section({ traces: result.traces, key, views, watched, only, keep, label });
  if (!shown) return false;
  await tracer();
  holder.append(
    make(
      "details",
      { className: "hb-steps", open: before?.open ?? open },
      make("summary", { textContent: "Your version, step by step" }),
      shown,
      result.left_out
        ? make("p", {
            className: "hb-hint",
            textContent: `The first ${result.traces.length} requests are here; ${result.left_out} more were made.`,
          })
        : null,
    ),
  );
  stepThrough(shown);
  return true;
};
