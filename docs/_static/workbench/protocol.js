// The messages that the worker may send, and their limits. The reader's code runs in
// the worker too, so any message can be forged. Each message is copied with its known
// parts only, and everything in it is shown as a program's output; the site's own words
// are all on the page's side.

/** @template T @typedef {(value: unknown) => T} Check reads a value, or throws */

export class Broken extends Error {}

/** @returns {never} */
const refuse = () => {
  throw new Broken("a message has the wrong shape");
};

/**
 * @param {number} most characters
 * @returns {Check<string>}
 */
export const text = (most) => (value) =>
  typeof value === "string" && value.length <= most ? value : refuse();

/**
 * @param {number} most
 * @returns {Check<number>}
 */
export const whole = (most) => (value) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most
    ? value
    : refuse();

/** @type {Check<number>} */
export const seconds = (value) =>
  typeof value === "number" && value >= 0 && value < 1e6 ? value : refuse();

/** @type {Check<boolean>} */
export const flag = (value) => (typeof value === "boolean" ? value : refuse());

/**
 * @template {string} T
 * @param {readonly T[]} words
 * @returns {Check<T>}
 */
export const word = (words) => (value) => words.find((one) => one === value) ?? refuse();

/**
 * @template T
 * @param {Check<T>} check
 * @returns {Check<T | null>}
 */
export const maybe = (check) => (value) => (value === null ? null : check(value));

/**
 * @template T
 * @param {Check<T>} check
 * @param {number} most
 * @returns {Check<T[]>}
 */
export const list = (check, most) => (value) =>
  Array.isArray(value) && value.length <= most ? value.map((one) => check(one)) : refuse();

/**
 * @template {Record<string, Check<any>>} Parts
 * @param {Parts} parts
 * @returns {Check<{ [Name in keyof Parts]: ReturnType<Parts[Name]> }>}
 */
export const object = (parts) => (value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse();
  const given = new Map(Object.entries(value));
  /** @type {any} */
  const copy = {};
  for (const [name, check] of Object.entries(parts)) copy[name] = check(given.get(name));
  return copy;
};

/**
 * Names with values, as a list: a name can be any text.
 * @template T
 * @param {Check<T>} check
 * @param {number} most
 * @returns {Check<[string, T][]>}
 */
export const names = (check, most) => (value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse();
  const entries = Object.entries(value);
  if (entries.length > most) return refuse();
  return entries.map(([name, one]) => [text(TEXT)(name), check(one)]);
};

// Python cuts earlier, with room for a note about the rest.
const TEXT = 2_100;
const MEMBERS = 200;
const STEPS = 1_500;
const LONG = 120_000;
/** The maximum length of a message, checked before it is parsed. */
const MOST = 16_000_000;

const short = text(TEXT);
/** @type {Check<string>} */
const identifier = (value) =>
  typeof value === "string" && /^\w{1,80}$/.test(value) ? value : refuse();
const values = names(short, MEMBERS);
const number = whole(1e9);

const KINDS =
  "request match session hook view handler register deferred teardown signal call error response handover stream body context cut".split(
    " ",
  );

const state = object({
  request: object({
    method: short,
    path: short,
    headers: values,
    cookies: values,
    endpoint: maybe(short),
    view_args: values,
  }),
  response: maybe(
    object({
      status: short,
      headers: list(list(short, 2), MEMBERS),
      cookies: values,
      body: maybe(short),
    }),
  ),
  g: maybe(values),
  session: maybe(values),
});

const step = object({
  number,
  kind: word(KINDS),
  phase: identifier,
  name: short,
  depth: whole(10_000),
  before: state,
  after: state,
  line: maybe(number),
  end_line: maybe(number),
  owner: maybe(short),
  is_async: flag,
  outcome: short,
  exception: maybe(short),
  changes: list(object({ name: short, before: maybe(short), after: maybe(short) }), MEMBERS * 4),
  module: maybe(short),
  distribution: maybe(short),
});

const trace = object({
  method: short,
  path: short,
  steps: list(step, STEPS),
  complete: flag,
  missing: list(short, MEMBERS),
  not_run: list(
    object({
      phase: identifier,
      name: short,
      owner: short,
      line: maybe(number),
      distribution: maybe(short),
      reason: short,
    }),
    MEMBERS,
  ),
});

/** @param {RegExp} form @returns {Check<string>} */
const like = (form) => (value) =>
  typeof value === "string" && form.test(value) ? value : refuse();

const raised = object({
  kind: word(["limit", "syntax", "load", "raised", "request", "no-app"]),
  message: short,
  line: maybe(number),
  traceback: text(LONG),
});

const result = object({
  ok: flag,
  error: maybe(raised),
  stdout: text(LONG),
  truncated: flag,
  stderr: text(LONG * 2),
  blocks: list(
    object({
      source: text(LONG),
      want: text(LONG),
      line: number,
      printed: text(LONG),
      same: maybe(flag),
    }),
    MEMBERS,
  ),
  passed: maybe(flag),
  responses: list(
    object({
      method: short,
      path: short,
      status: short,
      headers: list(list(short, 2), MEMBERS),
      body: object({ text: maybe(text(LONG)), size: number, cut: flag, note: short }),
      error: maybe(raised),
    }),
    20,
  ),
  cookies: list(object({ name: short, value: short, path: short }), MEMBERS),
  traces: list(trace, 100),
  left_out: number,
  findings: list(
    object({
      kind: like(/^[\w -]{1,60}$/),
      function: short,
      line: maybe(number),
      sentence: short,
      page: like(/^[a-z][a-z/-]{0,80}$/),
      anchor: like(/^[a-z0-9-]{0,80}$/),
    }),
    MEMBERS,
  ),
  seconds,
});

const id = text(64);
const STAGES = /** @type {const} */ (["engine", "packages", "extension", "run"]);
const REASONS = /** @type {const} */ ([
  "policy",
  "network",
  "missing",
  "short",
  "replaced",
  "start",
]);

const FORMS = {
  progress: object({ type: word(["progress"]), stage: word(STAGES), name: text(60) }),
  ready: object({ type: word(["ready"]) }),
  failed: object({ type: word(["failed"]), id, reason: word(REASONS), file: text(60) }),
  fatal: object({ type: word(["fatal"]), id, said: text(1000) }),
  result: object({ type: word(["result"]), id, text: text(MOST), clean: flag }),
};

/**
 * @param {unknown} data what a worker has sent
 * @returns {Told}
 */
export const read = (data) => {
  const kind = /** @type {any} */ (data)?.type;
  if (typeof kind !== "string" || !Object.hasOwn(FORMS, kind)) return refuse();
  return /** @type {Told} */ (FORMS[/** @type {keyof typeof FORMS} */ (kind)](data));
};

/**
 * @param {string} said the text of a result
 * @returns {Result}
 */
export const readResult = (said) => {
  let value;
  try {
    value = JSON.parse(said);
  } catch {
    return refuse();
  }
  const copy = result(value);
  if (copy.traces.reduce((sum, one) => sum + one.steps.length, 0) > STEPS) return refuse();
  return /** @type {Result} */ (copy);
};
