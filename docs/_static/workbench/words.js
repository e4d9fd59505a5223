// A step in words: the same as on the pages, written by hookbook/explain/words.py.
// They are repeated here because the worker must not produce text that looks like the
// site's own; tests/browser/test_views.py compares the two.

/** @type {Record<string, string>} */
const KINDS = {
  request: "Request received",
  match: "URL matched",
  view: "View function",
  handler: "Error handler",
  register: "Callback deferred",
  deferred: "Deferred callback",
  response: "Response created",
  handover: "Handed to the server",
  stream: "Piece of the body",
  body: "Body produced",
  cut: "Recording cut",
};
/** @type {Record<string, string>} */
const PHASES = {
  open_session: "Session opened",
  save_session: "Saving the session",
  handle_http_exception: "Exception as response",
  handle_exception: "Unhandled exception",
  wsgi_app: "Exception leaves Flask",
  push: "Context pushed again",
  pop: "Context popped",
};

/**
 * @param {Record<string, string>} words
 * @param {string} name
 */
const find = (words, name) => (Object.hasOwn(words, name) ? words[name] : undefined);

/** @param {TraceStep} step */
export const label = ({ kind, phase, exception, outcome }) => {
  if (kind === "match" && exception) return "URL not matched";
  if (outcome === "broken off") return "Body broken off";
  if (phase === "url_build_error") return "URL build error handler";
  if (kind === "hook") return `${phase} hook`;
  if (kind === "signal") return `${phase} receiver`;
  if (kind === "teardown" || kind === "call") return `${phase} function`;
  return find(PHASES, phase) ?? find(KINDS, kind) ?? kind;
};

/** @param {TraceStep} step */
export const hasNameInCode = ({ kind }) =>
  !["request", "handover", "body", "context", "cut"].includes(kind);

/** @param {TraceStep} step */
export const note = (step) => {
  const { kind, phase, outcome, exception } = step;
  let text = outcome;
  if (kind === "request" || kind === "context") return "";
  if (kind === "handler" && exception) text = `given ${exception}; ${text}`;
  else if ((kind === "error" || kind === "match") && exception) text = `${exception}; ${text}`;
  if (phase === "before_request" && !text.startsWith("raised")) {
    text +=
      text === "returned None" ? ": the request goes on" : ": the view function is not called";
  } else if (
    (phase === "after_request" || phase === "after_this_request") &&
    step.after.response === null &&
    text.startsWith("returned")
  ) {
    text += ": from here on there is no response";
  }
  if (step.is_async) text = `async; ${text}`;
  if (step.owner?.startsWith("blueprint")) text = `${step.owner}; ${text}`;
  if (step.module) text = `from ${step.distribution ?? `the module ${step.module}`}; ${text}`;
  return text;
};

/** @param {TraceStep["changes"][number]} change */
export const change = ({ name, before, after }) => {
  if (after === null) return `${name} is gone`;
  return before === null ? `${name} = ${after}` : `${name} = ${after} (was ${before})`;
};

/** @param {TraceStep} step */
export const visibleChanges = ({ changes }) =>
  changes.filter(({ name, after }) => !(name === "response" && after !== null));

const FOLDABLE = ["body", "context", "match", "session"];
/** @param {string} name */
const isMatched = (name) =>
  name.startsWith("request.endpoint") || name.startsWith("request.view_args");

/** @param {TraceStep} step */
const seen = (step) =>
  Boolean(step.exception) || visibleChanges(step).some(({ name }) => !isMatched(name));

/**
 * The numbers, from 1, of Flask's own bookkeeping steps in one request, as in
 * hookbook/explain/folding.py.
 * @param {TraceStep[]} steps
 * @param {string[]} watched
 * @param {string[]} keep
 */
export const bookkeeping = (steps, watched, keep) => {
  const kept = new Set(keep);
  /** @param {string[]} kinds */
  const need = (...kinds) => {
    for (const kind of kinds) kept.add(kind);
  };
  for (const step of steps) {
    const { kind, phase, after } = step;
    if (["teardown", "call", "stream"].includes(kind) || phase.startsWith("appcontext_")) {
      need("body", "context");
    }
    if (phase === "push") need("body", "context", "match");
    if (phase === "url_value_preprocessor") need("match");
    if (after.session?.length || (kind === "session" && seen(step))) need("session");
  }
  if (watched.some((word) => word === "request" || isMatched(word))) need("match");
  return steps.flatMap((step, place) =>
    FOLDABLE.includes(step.kind) && !kept.has(step.kind) && !seen(step) ? [place + 1] : [],
  );
};

/**
 * Each value of a state, by its name in a watch list.
 * @param {TraceState} state
 * @returns {Map<string, string>}
 */
export const flatten = ({ request, response, g, session }) => {
  /** @type {Map<string, string>} */
  const flat = new Map();
  for (const [name, value] of request.headers) flat.set(`request.headers[${name}]`, value);
  for (const [name, value] of request.cookies) flat.set(`request.cookies[${name}]`, value);
  if (request.endpoint) flat.set("request.endpoint", request.endpoint);
  for (const [name, value] of request.view_args) flat.set(`request.view_args[${name}]`, value);
  if (response) {
    flat.set("response", "a response");
    flat.set("response.status", response.status);
    for (const [name, value] of response.headers) {
      if (name === "Set-Cookie") continue;
      const key = `response.headers[${name}]`;
      const before = flat.get(key);
      flat.set(key, before === undefined ? value : `${before}, ${value}`);
    }
    for (const [name, value] of response.cookies) flat.set(`response.cookies[${name}]`, value);
    flat.set("response.body", response.body ?? "(streamed)");
  }
  for (const [name, value] of g ?? []) flat.set(`g.${name}`, value);
  for (const [name, value] of session ?? []) flat.set(`session[${name}]`, value);
  return flat;
};

/** @param {TraceState} state */
export const summary = (state) => {
  const { response } = state;
  const count = response?.headers.length ?? 0;
  const first = response
    ? `${response.status}, ${count} header${count === 1 ? "" : "s"}`
    : "no response";
  const rest = [...flatten(state)]
    .filter(([name]) => name.startsWith("g.") || name.startsWith("session["))
    .map(([name, value]) => `${name} = ${value}`);
  return [first, ...rest].join("; ");
};
