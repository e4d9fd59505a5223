// The one worker of a page: started by the first run, ended and replaced by Stop.

const meta = document.querySelector('meta[name="hookbook-runner"]');
const address = new URL(meta.content, document.baseURI);

// What the first run loads, from a host that compresses.
export const megabytes = meta.dataset.megabytes;

export class Ended extends Error {}

let worker = null;
let job = null;
let ready = false;

const end = () => {
  worker?.terminate();
  worker = null;
  ready = false;
};

const settle = (how, value) => {
  const { resolve, reject } = job;
  job = null;
  (how === "result" ? resolve : reject)(value);
};

const fail = (message) => {
  end();
  if (job) settle("error", new Error(message));
};

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
    settle("result", data);
  }
};

const start = () => {
  worker = new Worker(address, { type: "module" });
  worker.addEventListener("message", listen);
  const broken = (event) => {
    event.preventDefault?.();
    fail(`Python could not be started${event.message ? `: ${event.message}` : ""}.`);
  };
  worker.addEventListener("error", broken);
  worker.addEventListener("messageerror", broken);
};

let last = 0;

// Whether Python is here already, so that nothing has to be loaded.
export const warm = () => ready;

export const busy = () => job !== null;

export const run = (message, progress) => {
  if (job) {
    return Promise.reject(new Error("Another run on this page is not finished: stop it first."));
  }
  return new Promise((resolve, reject) => {
    last += 1;
    job = { id: last, resolve, reject, progress };
    try {
      if (!worker) start();
      if (ready) progress({ stage: "run", message: "Running" });
      worker.postMessage({ ...message, id: last });
    } catch (error) {
      fail(String(error.message ?? error));
    }
  });
};

export const stop = () => {
  if (!job) return;
  end();
  settle("error", new Ended("Stopped."));
};

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
