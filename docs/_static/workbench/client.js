// The one worker of a page: started by the first run, ended and replaced by Stop.

const { reason } = /** @type {typeof import("./dom.js")} */ (
  await import(`./dom.js${new URL(import.meta.url).search}`)
);

// run.js loads this where the page has it.
const meta = /** @type {HTMLMetaElement} */ (
  document.querySelector('meta[name="hookbook-runner"]')
);
const address = new URL(meta.content, document.baseURI);

// What the first run loads, from a host that compresses.
export const megabytes = meta.dataset.megabytes ?? "";

export class Ended extends Error {}

/**
 * @typedef {object} Job
 * @property {number} id
 * @property {(result: Result) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {(progress: Progress) => void} progress
 */

/** @type {Worker | null} */
let worker = null;
/** @type {Job | null} */
let job = null;
let ready = false;

const end = () => {
  worker?.terminate();
  worker = null;
  ready = false;
};

// The job, which is over with this.
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

/** @param {MessageEvent<Told>} event */
const listen = ({ data }) => {
  if (data.type === "ready") {
    ready = true;
    job?.progress({ stage: "run", message: "Running", versions: data.versions });
  } else if (data.type === "failed") {
    fail(data.message);
  } else if (data.type === "progress") {
    job?.progress(data);
  } else if (data.type === "result" && data.id === job?.id) {
    // A Python that gave up answers nothing more.
    if (data.fatal) end();
    take()?.resolve(data);
  }
};

const start = () => {
  const started = new Worker(address, { type: "module" });
  started.addEventListener("message", listen);
  /** @param {Event} event */
  const broken = (event) => {
    event.preventDefault();
    const said = event instanceof ErrorEvent && event.message ? `: ${event.message}` : "";
    fail(`Python could not be started${said}.`);
  };
  started.addEventListener("error", broken);
  started.addEventListener("messageerror", broken);
  return started;
};

let last = 0;

// Whether Python is here already, so that nothing has to be loaded.
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
    last += 1;
    job = { id: last, resolve, reject, progress };
    try {
      worker ??= start();
      if (ready) progress({ stage: "run", message: "Running" });
      worker.postMessage({ ...message, id: last });
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
  // Its address does not tell its version: ask, and without a network take the old one.
  listed ??= fetch(place, { cache: "no-cache" })
    .catch(() => fetch(place, { cache: "force-cache" }))
    .then((response) => {
      if (!response.ok) throw new Error(`the list of snippets is missing (${response.status})`);
      return response.json();
    })
    .catch((error) => {
      listed = null;
      throw error;
    });
  return listed;
};
