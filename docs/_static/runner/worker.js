// The Python that runs what a reader wrote: a module worker of the page that asks for
// it. It loads Pyodide and Flask from the folder named in its own address, closes the
// doors to the network and to storage, and then answers one message after the other
// (src/hookbook/browser/messages.py). To stop it, the page ends it.
const address = new URL(import.meta.url);
const assets = new URL(`${address.searchParams.get("assets")}/`, address);

const send = self.postMessage.bind(self);
/** @type {unknown[]} */
const waiting = [];
/** @param {any} message */
let answer = (message) => {
  waiting.push(message);
};
self.addEventListener("message", (event) => answer(/** @type {MessageEvent} */ (event).data));

class Failure extends Error {
  /**
   * @param {string} reason
   * @param {string} message
   */
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}

// The smallest module there is. Pyodide waits for ever where a policy forbids it.
const TINY = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

const forbidden = () => {
  try {
    new WebAssembly.Module(TINY);
    return "";
  } catch (error) {
    return String(error);
  }
};

// Kept by the browser for the next worker, whatever the host says of caching, and for
// when there is no network. Where the address is not secure there is no such store.
const PREFIX = "hookbook-runner-";
const opened = (async () => {
  try {
    const name = PREFIX + address.searchParams.get("assets");
    const old = (await caches.keys()).filter((n) => n.startsWith(PREFIX) && n !== name);
    await Promise.all(old.map((n) => caches.delete(n)));
    return await caches.open(name);
  } catch {
    return null;
  }
})();
/** @type {Promise<void>[]} */
const storing = [];
const fromNetwork = self.fetch.bind(self);

/** @param {string} url */
const get = async (url) => {
  const store = await opened;
  const kept = await store?.match(url);
  if (kept) return kept;
  const response = await fromNetwork(url).catch(() => null);
  if (!response?.ok) {
    const name = url.slice(assets.href.length);
    throw new Failure("assets", `${name} could not be loaded: is the network there?`);
  }
  if (store) storing.push(store.put(url, response.clone()).catch(() => {}));
  return response;
};

// Pyodide, too, gets its files by this; a file that is missing would let it wait for ever.
const missing = new Promise((_, reject) => {
  /** @param {any} input */
  self.fetch = (input, options) => {
    const url = String(input.url ?? input);
    if (!url.startsWith(assets.href)) return fromNetwork(input, options);
    const response = get(url);
    response.catch(reject);
    return response;
  };
});

/** @param {string} name */
const bytes = async (name) => {
  const response = await self.fetch(new URL(name, assets));
  return new Uint8Array(await response.arrayBuffer());
};

/**
 * @param {string} stage
 * @param {string} message
 */
const progress = (stage, message) => send({ type: "progress", stage, message });

const start = async () => {
  const reason = forbidden();
  if (reason) {
    const wanted = "script-src 'self' 'wasm-unsafe-eval'";
    throw new Failure(
      "policy",
      `This site's security policy keeps Python from starting. The response for ${
        address.pathname
      } needs the policy ${wanted}. (${reason})`,
    );
  }
  progress("engine", "Loading Python");
  const packages = bytes("packages.zip");
  const about = bytes("about.json");
  // What fails is told once, by `missing`.
  packages.catch(() => {});
  about.catch(() => {});
  const { scrypt, pbkdf2 } = /** @type {typeof import("./passwords.js")} */ (
    await import(new URL(`passwords.js${address.search}`, address).href)
  );
  const { loadPyodide } = /** @type {typeof import("pyodide")} */ (
    await import(new URL("pyodide.mjs", assets).href).catch(() => {
      throw new Failure("assets", "pyodide.mjs could not be loaded: is the network there?");
    })
  );
  const quiet = () => {};
  const python = await loadPyodide({
    indexURL: assets.href,
    stdout: quiet,
    stderr: quiet,
    env: { HOME: "/home/reader", PYTHONDONTWRITEBYTECODE: "1" },
  });
  progress("packages", "Loading Flask");
  python.FS.writeFile("/lib/packages.zip", await packages);
  python.runPython("import sys; sys.path.insert(0, '/lib/packages.zip')");
  const browser = python.pyimport("hookbook.browser.messages");
  const sandbox = python.pyimport("hookbook.browser.sandbox");
  const { versions, python: own } = JSON.parse(new TextDecoder().decode(await about));
  /** @param {(...values: any[]) => Uint8Array} key */
  const derive =
    (key) =>
    /** @param {any[]} values */
    (...values) =>
      key(...values.map((v) => (v?.toJs ? v.toJs() : v)));
  sandbox.install(derive(pbkdf2), derive(scrypt));
  const handle = browser.handle;
  await Promise.all(storing);
  seal();
  answer = (message) => {
    let result;
    try {
      result = JSON.parse(handle(JSON.stringify(message)));
    } catch (error) {
      // Python itself gave up: too deep a recursion, no memory left.
      const text = `Python stopped: ${error instanceof Error ? error.message : error}`;
      result = {
        id: message?.id,
        type: "result",
        ok: false,
        fatal: true,
        error: { kind: "fatal", message: text, line: null, traceback: text },
        stdout: "",
        truncated: false,
        stderr: "",
        blocks: [],
        passed: null,
        responses: [],
        cookies: [],
        traces: [],
        html: "",
        seconds: 0,
      };
    }
    send(result);
  };
  send({ type: "ready", versions: { python: own, ...versions } });
  for (const message of waiting.splice(0)) answer(message);
};

// What the language itself has, and the few things more that a running Python uses.
const KEPT = new Set(
  `AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array
  BigUint64Array Boolean DataView Date DisposableStack Error EvalError FinalizationRegistry
  Float16Array Function Float32Array Float64Array Infinity Int16Array Int32Array Int8Array Intl
  Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect
  RegExp Set SharedArrayBuffer String SuppressedError Symbol SyntaxError Temporal TypeError
  URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet
  decodeURI decodeURIComponent encodeURI encodeURIComponent escape globalThis isFinite
  isNaN parseFloat parseInt undefined unescape
  WebAssembly TextDecoder TextEncoder performance crypto console self constructor
  clearInterval clearTimeout setInterval setTimeout queueMicrotask`.split(/\s+/),
);

// Take everything else away, wherever it hangs: fetch, sockets, storage, workers.
const seal = () => {
  /** @type {object} */
  let owner = self;
  while (owner && owner !== Object.prototype) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (KEPT.has(name)) continue;
      if (!Reflect.deleteProperty(owner, name)) {
        Reflect.defineProperty(owner, name, { value: undefined });
      }
    }
    owner = Object.getPrototypeOf(owner);
  }
};

Promise.race([start(), missing]).catch((error) => {
  const reason = error instanceof Failure ? error.reason : "start";
  send({ type: "failed", reason, message: error.message ?? String(error) });
});
