// What a run leaves behind is taken away: Python's memory, its files and its open files
// become again what they were before the first run. Nothing of it is asked of Python,
// in which the last run could have changed the answer.

const { ownKeys, getOwnPropertyDescriptor } = Reflect;

/** @typedef {{ mode: number, bytes: Uint8Array | null }} Kept what is no file has no bytes */

// More memory than this is given back, by a new worker.
const MOST = 256 * 2 ** 20;
// Its files are the open files of the process.
const OPEN = "/proc/self/fd";

/**
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 */
const same = (one, other) => {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i += 1) if (one[i] !== other[i]) return false;
  return true;
};

/**
 * What the language itself has, with all its properties, so that changes are seen.
 * @param {Set<string>} names
 * @returns {() => boolean} whether all of it is as it was
 */
export const language = (names) => {
  /** @type {Map<object, Map<PropertyKey, PropertyDescriptor>>} */
  const seen = new Map();
  /** @param {any} value */
  const note = (value) => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return;
    if (seen.has(value)) return;
    const parts = new Map();
    seen.set(value, parts);
    for (const key of ownKeys(value)) {
      const part = /** @type {PropertyDescriptor} */ (getOwnPropertyDescriptor(value, key));
      // Two that count calls, and what comes with the last match of an expression.
      if (value === RegExp && "get" in part) continue;
      parts.set(key, part);
    }
  };
  for (const name of names) {
    /** @type {any} */
    const value = /** @type {any} */ (globalThis)[name];
    note(value);
    if (value !== globalThis) note(value?.prototype);
  }
  const iterators = [[].values(), new Map().values(), new Set().values(), ""[Symbol.iterator]()];
  const functions = [async () => {}, function* () {}, async function* () {}];
  for (const one of [...iterators, ...functions]) note(Object.getPrototypeOf(one));
  return () => {
    for (const [value, parts] of seen) {
      let count = 0;
      for (const key of ownKeys(value)) {
        if (value === RegExp && !parts.has(key)) continue;
        const before = parts.get(key);
        const now = getOwnPropertyDescriptor(value, key);
        count += 1;
        if (!before || !now) return false;
        if (now.value !== before.value && !Number.isNaN(now.value)) return false;
        if (now.get !== before.get || now.set !== before.set) return false;
      }
      if (count !== parts.size) return false;
    }
    return true;
  };
};

/**
 * @param {any} python Pyodide, as it is before the first run
 * @param {unknown} held what else Python has of JavaScript
 * @returns {{ held: unknown, clean: () => boolean, add: (path: string, bytes: Uint8Array) => void }}
 *   `clean` tells whether the worker is as it was; `add` brings a file that stays
 */
export const keep = (python, held) => {
  const files = python.FS;
  const heap = () => new Uint8Array(python._module.HEAPU8.buffer);
  // Freed by a run, an object of JavaScript would be back in Python's memory and gone
  // here: they are held, for as long as there is this worker.
  const tracked = python.runPython(
    "import gc\ntuple(o for o in gc.get_objects()" +
      " if any(t.__name__ == 'JsProxy' for t in type(o).__mro__))",
  );
  const home = files.cwd();

  /** @param {any} node */
  const bytesOf = (node) =>
    files.isFile(node.mode) ? Uint8Array.from(node.contents.subarray(0, node.usedBytes)) : null;
  /**
   * @param {string} folder
   * @returns {[string, any][]}
   */
  const below = (folder) => {
    if (folder === OPEN) return [];
    return files
      .readdir(folder || "/")
      .filter((/** @type {string} */ name) => name !== "." && name !== "..")
      .flatMap((/** @type {string} */ name) => {
        const path = `${folder}/${name}`;
        const { node } = files.lookupPath(path);
        return files.isDir(node.mode) ? [[path, node], ...below(path)] : [[path, node]];
      });
  };
  /** @type {Map<string, Kept>} */
  const kept = new Map();
  /** @type {any[]} */
  let open = [];
  /** @type {number[]} */
  let places = [];

  const clean = () => {
    const now = heap();
    now.set(memory);
    now.fill(0, memory.length);
    files.chdir("/");
    for (const [place, stream] of [...files.streams].entries()) {
      if (stream && stream !== open[place]) files.close(stream);
    }
    files.streams = [...open];
    for (const [n, stream] of open.entries()) if (stream) stream.position = places[n];
    // Children first.
    for (const [path, node] of below("").reverse()) {
      const before = kept.get(path);
      if (before && before.mode === node.mode) continue;
      if (files.isDir(node.mode)) files.rmdir(path);
      else files.unlink(path);
    }
    let whole = true;
    for (const [path, { mode, bytes }] of kept) {
      const { exists, object } = files.analyzePath(path);
      if (files.isDir(mode)) {
        if (!exists) files.mkdir(path, mode);
      } else if (!bytes) {
        whole &&= exists;
      } else if (!exists || !same(object.contents.subarray(0, object.usedBytes), bytes)) {
        files.writeFile(path, bytes);
      }
    }
    files.chdir(home);
    return whole && heap().length <= MOST;
  };

  for (const [path, node] of below("")) kept.set(path, { mode: node.mode, bytes: bytesOf(node) });
  open = [...files.streams];
  places = open.map((stream) => stream?.position ?? 0);
  const memory = heap().slice();
  return {
    held: [held, tracked],
    clean,
    add(path, bytes) {
      files.writeFile(path, bytes);
      kept.set(path, { mode: files.lookupPath(path).node.mode, bytes });
    },
  };
};
