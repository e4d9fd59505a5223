// An app in the fragment of an address, which browsers don't send: compressed, and
// decoded with care, because anyone can have written it.

const NAME = "#app=";
/** The maximum size of an app as JSON, in bytes. */
const MOST = 1_000_000;
const FILES = 50;
const REQUESTS = 20;
// An app of that size that cannot be compressed at all, as text.
const LONGEST = 1_400_000;
// The limit on decompressed data, which can be a thousand times as large.
const SLICE = 512;

const NOT_WHOLE = "a part of it is missing";
const NO_APP = "it is not an app of the playground";
const TOO_LARGE = "it is larger than 1 MB";

/** @param {Uint8Array<ArrayBuffer>} bytes */
const toText = (bytes) => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};

/** @param {string} text */
const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

/**
 * Read all of a stream, or throw if it is too much.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} stream
 */
const through = async (bytes, stream) => {
  let place = 0;
  /** @type {ReadableStream<BufferSource>} */
  const slices = new ReadableStream(
    {
      pull(controller) {
        if (place >= bytes.length) controller.close();
        else controller.enqueue(bytes.slice(place, place + SLICE));
        place += SLICE;
      },
    },
    { highWaterMark: 0 },
  );
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let size = 0;
  for (const reader = slices.pipeThrough(stream).getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += value.length;
    if (size > MOST) {
      await reader.cancel();
      throw new Error(TOO_LARGE);
    }
    parts.push(value);
  }
};

/**
 * @param {unknown} value
 * @returns {string}
 */
const string = (value) => {
  if (typeof value !== "string" || value.length > MOST) throw new Error(NO_APP);
  return value;
};

/**
 * @param {unknown} value
 * @param {number} most
 * @param {string} what
 * @returns {unknown[]}
 */
const list = (value, most, what) => {
  if (!Array.isArray(value)) throw new Error(NO_APP);
  if (value.length > most) {
    throw new Error(`it has ${value.length} ${what}, and the playground takes ${most}`);
  }
  return value;
};

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
const record = (value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(NO_APP);
  return Object.fromEntries(Object.entries(value));
};

const FIELDS = /** @type {const} */ (["method", "path", "headers", "cookies", "body"]);

/**
 * @param {unknown} value
 * @returns {RequestText}
 */
const request = (value) => {
  const given = record(value);
  return Object.fromEntries(
    FIELDS.filter((name) => given[name] !== undefined).map((name) => [name, string(given[name])]),
  );
};

/**
 * @param {unknown} value
 * @returns {[string, string]}
 */
const file = (value) => {
  const [name, content, ...more] = list(value, 2, "parts of a file");
  if (more.length) throw new Error(NO_APP);
  return [string(name), string(content)];
};

/**
 * A state of the playground, or an error if it isn't one.
 * @param {unknown} value a possible state
 * @returns {App}
 */
export const checked = (value) => {
  const { code, scenario, requests, way, files } = record(value);
  if (way !== "requests" && way !== "scenario") throw new Error(NO_APP);
  const asked = list(requests, REQUESTS, "requests").map(request);
  if (!asked.length) throw new Error(NO_APP);
  return {
    code: string(code),
    scenario: string(scenario),
    requests: asked,
    way,
    files: list(files, FILES, "files").map(file),
  };
};

/** @param {App} state */
export const write = async (state) => {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  if (bytes.length > MOST) throw new Error("the app is too large for one");
  if (!("CompressionStream" in globalThis)) return `${NAME}0${toText(bytes)}`;
  return `${NAME}1${toText(await through(bytes, new CompressionStream("deflate-raw")))}`;
};

/**
 * @param {string} hash
 * @returns {Promise<App | null>} the app, if it is a link to one
 */
export const read = async (hash) => {
  if (!hash.startsWith(NAME)) return null;
  const kind = hash[NAME.length];
  if (kind !== "0" && kind !== "1") throw new Error(NOT_WHOLE);
  if (hash.length > LONGEST) throw new Error(TOO_LARGE);
  let bytes;
  try {
    bytes = toBytes(hash.slice(NAME.length + 1));
  } catch (error) {
    throw new Error(NOT_WHOLE, { cause: error });
  }
  if (kind === "1") {
    if (!("DecompressionStream" in globalThis)) throw new Error("this browser cannot unpack it");
    bytes = await through(bytes, new DecompressionStream("deflate-raw")).catch((error) => {
      throw error instanceof TypeError ? new Error(NOT_WHOLE) : error;
    });
  }
  if (bytes.length > MOST) throw new Error(TOO_LARGE);
  let value;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Error(NOT_WHOLE, { cause: error });
  }
  return checked(value);
};
