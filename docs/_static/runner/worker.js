// The Python that runs a reader's code: a module worker of the page. It loads Pyodide
// and Flask from the folder named in its own address, blocks the network and storage,
// and then answers one message after the other (src/hookbook/browser/messages.py), each
// with Python in its initial state. The page stops it by terminating it.
const address = new URL(import.meta.url);
const assets = new URL(`${address.searchParams.get("assets")}/`, address);
// No URL is left once the ways out are blocked.
const folder = assets.href;

// Saved now: later a program could have replaced it.
const send = self.postMessage.bind(self);
const fromNetwork = self.fetch.bind(self);
const subtle = self.crypto?.subtle;

/** @typedef {{ id: string, text: string }} Asked */

/** @type {Asked[]} */
const waiting = [];
/** @param {Asked} asked */
let answer = (asked) => {
  waiting.push(asked);
};
self.addEventListener("message", (event) => answer(/** @type {MessageEvent} */ (event).data));

class Failure extends Error {
  /**
   * @param {string} reason one that client.js has words for
   * @param {string} file
   * @param {ErrorOptions} options
   */
  constructor(reason, file = "", options = {}) {
    super(reason, options);
    this.reason = reason;
    this.file = file;
  }
}

// The smallest module there is. Pyodide waits forever where a policy forbids it.
const TINY = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

const allowed = () => {
  try {
    return Boolean(new WebAssembly.Module(TINY));
  } catch {
    return false;
  }
};

// Cached by the browser for the next worker and for use offline, whatever the host
// says about caching. Without a secure context there is no such cache.
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

/** @param {ArrayBuffer} bytes */
const digest = async (bytes) =>
  Array.from(new Uint8Array(await subtle.digest("SHA-256", bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

/**
 * A file of the assets, if it is the one that was built.
 * @param {string} name
 * @param {{ size: number, sha256: string } | undefined} known
 * @param {RequestCache} cache
 */
const load = async (name, known, cache) => {
  const href = folder + name;
  const store = await opened;
  const kept = cache === "default" ? await store?.match(href) : undefined;
  const response = kept ?? (await fromNetwork(href, { cache }).catch(() => null));
  if (!response) throw new Failure("network", name);
  if (!response.ok) throw new Failure("missing", name);
  const bytes = await response
    .clone()
    .arrayBuffer()
    .catch(() => {
      throw new Failure("short", name);
    });
  if (known && bytes.byteLength < known.size) throw new Failure("short", name);
  if (
    known &&
    (bytes.byteLength > known.size || (subtle && (await digest(bytes)) !== known.sha256))
  )
    throw new Failure("replaced", name);
  if (store && !kept) storing.push(store.put(href, response.clone()).catch(() => {}));
  return { response, bytes: new Uint8Array(bytes) };
};

/**
 * The cache may have a partial or a wrong file: request it from the host once more.
 * @param {string} name
 * @param {{ size: number, sha256: string }} [known]
 */
const get = (name, known) =>
  load(name, known, "default").catch((error) => {
    if (error.reason === "network") throw error;
    return load(name, known, "reload");
  });

/** @param {Uint8Array} bytes */
const parsed = (bytes) => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
};

const readAbout = async () => {
  const told = parsed((await get("about.json")).bytes);
  if (!told?.files || !told.extensions) throw new Failure("replaced", "about.json");
  return told;
};

/**
 * @param {string} stage one that client.js has words for
 * @param {string} name
 */
const progress = (stage, name = "") => send({ type: "progress", stage, name });

/** @param {string} name of a module of the site */
const script = (name) =>
  import(new URL(`${name}${address.search}`, address).href).catch(() => {
    throw new Failure("replaced", name);
  });

const start = async () => {
  if (!allowed()) throw new Failure("policy");
  progress("engine");
  const { files, extensions } = await readAbout();
  /** @param {string} name */
  const file = (name) => get(name, files[name]);
  // Pyodide also gets its files by this; a failure would make it wait forever.
  /** @type {(error: unknown) => void} */
  let give = () => {};
  const failed = new Promise((_, reject) => {
    give = reject;
  });
  self.fetch = async (/** @type {any} */ input) => {
    const url = String(input.url ?? input);
    const name = url.startsWith(folder) ? url.slice(folder.length) : "";
    try {
      return (await file(name)).response;
    } catch (error) {
      give(error);
      throw error;
    }
  };
  /** @param {string} name */
  const bytes = async (name) => (await file(name)).bytes;
  const begin = async () => {
    const packages = bytes("packages.zip");
    // Failures are reported once, below.
    packages.catch(give);
    const { scrypt, pbkdf2 } = /** @type {typeof import("./passwords.js")} */ (
      await script("passwords.js")
    );
    const { keep, language } = /** @type {typeof import("./clean.js")} */ (
      await script("clean.js")
    );
    for (const name of ["pyodide.mjs", "pyodide.asm.mjs"]) await bytes(name);
    const { loadPyodide } = /** @type {typeof import("pyodide")} */ (
      await import(`${folder}pyodide.mjs`).catch(() => {
        throw new Failure("replaced", "pyodide.mjs");
      })
    );
    const quiet = () => {};
    const python = await loadPyodide({
      indexURL: folder,
      stdout: quiet,
      stderr: quiet,
      env: { HOME: "/home/reader", PYTHONDONTWRITEBYTECODE: "1" },
    });
    progress("packages");
    python.FS.writeFile("/lib/packages.zip", await packages);
    python.runPython("import sys; sys.path.insert(0, '/lib/packages.zip')");
    const browser = python.pyimport("hookbook.browser.messages");
    const sandbox = python.pyimport("hookbook.browser.sandbox");
    /** @param {(...values: any[]) => Uint8Array} key */
    const derive =
      (key) =>
      /** @param {any[]} values */
      (...values) =>
        key(...values.map((v) => (v?.toJs ? v.toJs() : v)));
    const derives = sandbox.install(derive(pbkdf2), derive(scrypt));
    const { handle, needs } = browser;
    browser.warm();
    await Promise.all(storing);
    seal();
    const unchanged = language(KEPT);
    const memory = keep(python, derives);
    /** @type {Set<string>} */
    const brought = new Set();

    /** @param {Asked} asked */
    const bring = async ({ text }) => {
      for (const name of needs(text, JSON.stringify(extensions)).split(" ")) {
        if (!name || brought.has(name)) continue;
        progress("extension", name);
        memory.add(`/lib/${name}.zip`, await bytes(`${name}.zip`));
        brought.add(name);
      }
    };
    let clean = true;
    /** @param {Asked} asked */
    const handled = async (asked) => {
      const { id, text } = asked;
      let said = "";
      try {
        if (!clean) throw new Failure("start");
        await bring(asked);
        progress("run");
        said = handle(text);
        clean = memory.clean() && unchanged();
      } catch (error) {
        if (error instanceof Failure) {
          send({ type: "failed", id, reason: error.reason, file: error.file });
          return;
        }
        // Python itself crashed: too deep a recursion, no memory left.
        send({ type: "fatal", id, said: String(error).slice(0, 1000) });
        return;
      }
      send({ type: "result", id, text: said, clean });
    };
    send({ type: "ready" });
    // One after the other: a message waits until the previous one is answered.
    let before = Promise.resolve();
    answer = (asked) => {
      before = before.then(() => handled(asked));
    };
    for (const asked of waiting.splice(0)) answer(asked);
  };
  await Promise.race([begin(), failed]);
};

// The language's own globals, and a few more that a running Python uses.
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

// Remove everything else, wherever it is defined: fetch, sockets, storage, workers.
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
  // No code from strings, even where the host sends no policy.
  const functions = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const one of functions) {
    Reflect.defineProperty(Object.getPrototypeOf(one), "constructor", {
      value: () => {
        throw new EvalError("code cannot be made of text here");
      },
    });
  }
};

start().catch((error) => {
  const known = error instanceof Failure;
  send({
    type: "failed",
    id: "",
    reason: known ? error.reason : "start",
    file: known ? error.file : "",
  });
});
