// The worker of a page: started by the first run, ended by Stop or when it breaks the
// protocol, replaced when a run has changed it.

const version = new URL(import.meta.url).search;
/** @param {string} name */
const part = (name) => import(`./${name}${version}`);
const [{ reason }, { read, readResult }] =
  /** @type {[typeof import("./dom.js"), typeof import("./protocol.js")]} */ (
    await Promise.all(["dom.js", "protocol.js"].map(part))
  );

// run.js loads this where the page has it.
const meta = /** @type {HTMLMetaElement} */ (
  document.querySelector('meta[name="hookbook-runner"]')
);
const address = new URL(meta.content, document.baseURI);

/**
 * The address of a file in the worker's build.
 * @param {string} name
 */
export const asset = (name) =>
  new URL(`${address.searchParams.get("assets")}/${name}`, address).href;

// The size of the first download, from a host that compresses.
export const megabytes = meta.dataset.megabytes ?? "";

/** The names of the extensions that a program can import. */
export const extensions = (meta.dataset.extensions ?? "").split(",").filter(Boolean);

export class Ended extends Error {}

/** Python itself crashed; its message is the program's. */
export class Gave extends Error {}

const STAGES = {
  engine: "Loading Python",
  packages: "Loading Flask",
  extension: "Loading what the code imports",
  run: "Running",
};
const AGAIN = "Press Run to try again.";
/** @type {Record<string, (file: string) => string>} */
const REASONS = {
  policy: () =>
    `This site's security policy keeps Python from starting. The response for ${address.pathname} needs the policy script-src 'self' 'wasm-unsafe-eval'.`,
  network: (file) => `${file} could not be loaded: are you online? ${AGAIN}`,
  missing: (file) => `${file} is missing on this site. ${AGAIN}`,
  short: (file) => `Only a part of ${file} arrived. ${AGAIN}`,
  replaced: (file) =>
    `Something else arrived in place of ${file}: perhaps the login page of a network. Open a page of this site to see it. ${AGAIN}`,
  start: () => `Python could not be started. ${AGAIN}`,
};
const FILES = /^[\w-]+\.(?:mjs|js|zip|wasm|json)$/;
const BROKEN = `The program interfered with the code that runs it, so it was ended. Its output is not shown. ${AGAIN}`;

/**
 * @typedef {object} Job
 * @property {string} id
 * @property {(result: Result) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {(progress: Progress) => void} progress
 */

/** @type {Worker | null} */
let worker = null;
/** @type {Job | null} */
let job = null;
let ready = false;
// How far a worker, and then a run, has come: no stage is reported twice.
let stage = -1;
const ORDER = ["engine", "packages", "ready", "extension", "run"];

const end = () => {
  worker?.terminate();
  worker = null;
  ready = false;
  stage = -1;
};

// The job, which ends with this.
const take = () => {
  const taken = job;
  job = null;
  return taken;
};

/** @param {string} message */
const fail = (message) => {
  end();
  take()?.reject(new Error(message));
};

/**
 * @param {string} next
 * @returns {boolean} whether that is possible now
 */
const comes = (next) => {
  const place = ORDER.indexOf(next);
  if (place < stage || (place === stage && next !== "extension")) return false;
  stage = place;
  return true;
};

/** @param {Told} told */
const hear = (told) => {
  if (told.type === "ready") {
    if (!comes("ready")) return false;
    ready = true;
    return true;
  }
  if (told.type === "progress") {
    if (!comes(told.stage)) return false;
    job?.progress({ stage: told.stage, message: STAGES[told.stage] });
    return true;
  }
  if (told.type === "failed" && told.id === "" && !ready) {
    const file = FILES.test(told.file) ? told.file : "a file";
    fail(REASONS[told.reason](file));
    return true;
  }
  // Everything else answers the current run.
  if (!ready || !job || told.id !== job.id) return false;
  if (told.type === "failed") {
    if (stage >= ORDER.indexOf("run")) return false;
    const file = FILES.test(told.file) ? told.file : "a file";
    fail(REASONS[told.reason](file));
    return true;
  }
  if (stage < ORDER.indexOf("run")) return false;
  if (told.type === "fatal") {
    // A crashed Python answers nothing more.
    end();
    take()?.reject(new Gave(told.said));
    return true;
  }
  const result = readResult(told.text);
  stage = ORDER.indexOf("ready");
  if (!told.clean) renew();
  take()?.resolve(result);
  return true;
};

/** @param {Worker} from */
const listen =
  (from) =>
  /** @param {MessageEvent} event */
  ({ data }) => {
    if (from !== worker) return;
    let good = false;
    try {
      good = hear(read(data));
    } catch {
      good = false;
    }
    if (!good) fail(BROKEN);
  };

const start = () => {
  const started = new Worker(address, { type: "module" });
  started.addEventListener("message", listen(started));
  /** @param {Event} event */
  const broken = (event) => {
    event.preventDefault();
    if (started !== worker) return;
    fail(ready ? BROKEN : REASONS.replaced("worker.js"));
  };
  started.addEventListener("error", broken);
  started.addEventListener("messageerror", broken);
  return started;
};

// In the background: then it is ready for the next run.
const renew = () => {
  end();
  worker = start();
};

// Whether Python is already loaded.
export const warm = () => ready;

export const busy = () => job !== null;

/**
 * @param {Message} message
 * @param {(progress: Progress) => void} progress
 * @returns {Promise<Result>}
 */
export const run = (message, progress) => {
  if (job) {
    return Promise.reject(new Error("Another run on this page is not finished: stop it first."));
  }
  return new Promise((resolve, reject) => {
    const id = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join(
      "-",
    );
    job = { id, resolve, reject, progress };
    try {
      worker ??= start();
      worker.postMessage({ id, text: JSON.stringify(message) });
    } catch (error) {
      fail(reason(error));
    }
  });
};

export const stop = () => {
  if (!job) return;
  end();
  take()?.reject(new Ended("Stopped."));
};

/** @type {Promise<Corpus> | null} */
let listed = null;

// Every snippet of the site, by name.
export const corpus = () => {
  const place = new URL("corpus.json", address);
  // Its address has no version: ask the host, and use the old one when offline.
  listed ??= fetch(place, { cache: "no-cache" })
    .catch(() => fetch(place, { cache: "force-cache" }))
    .catch(() => {
      throw new Error(REASONS.network("corpus.json"));
    })
    .then((response) => {
      if (!response.ok) throw new Error(REASONS.missing("corpus.json"));
      return response.json().catch((error) => {
        throw new Error(REASONS.replaced("corpus.json"), { cause: error });
      });
    })
    .catch((error) => {
      listed = null;
      throw error;
    });
  return listed;
};
