// Reverts what a run has changed: Python's memory, its files and its open files are
// restored to their state before the first run. Python itself is not asked, because the
// last run could have changed its answers.

const { ownKeys, getOwnPropertyDescriptor } = Reflect;

/** @typedef {{ mode: number, bytes: Uint8Array | null }} Kept what is no file has no bytes */

// If memory is larger than this, a new worker frees it.
const MOST = 256 * 2 ** 20;
// Open files of the process appear here as files.
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
 * The language's own objects, with all their properties, to detect changes.
 * @param {Set<string>} names
 * @returns {() => boolean} whether all of it is unchanged
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
      // Two that count calls, and the legacy properties of a regular expression match.
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
 * @param {any} python Pyodide, before the first run
 * @param {unknown} held other JavaScript objects that Python has
 * @returns {{ held: unknown, clean: () => boolean, add: (path: string, bytes: Uint8Array) => void }}
 *   `clean` returns whether the worker is restored; `add` adds a file that stays
 */
export const keep = (python, held) => {
  const files = python.FS;
  const heap = () => new Uint8Array(python._module.HEAPU8.buffer);
  // If a run freed a JavaScript object, restored memory would refer to an object that
  // is gone here: so they are held as long as this worker exists.
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
