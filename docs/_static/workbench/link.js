// An app in the part of an address that browsers do not send: packed, and unpacked with
// care, for anybody can have written it.

const NAME = "#app=";
const MOST = 400_000;

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
 * All that comes through, or an error when it gets too much.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} stream
 */
const through = async (bytes, stream) => {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let size = 0;
  for (const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += value.length;
    if (size > MOST) {
      await reader.cancel();
      throw new Error("it is too large");
    }
    parts.push(value);
  }
};

/** @param {unknown} value */
const isText = (value) => typeof value === "string";
/** @param {unknown} one */
const isRequest = (one) =>
  one !== null && typeof one === "object" && Object.values(one).every(isText);
/** @param {unknown} one */
const isFile = (one) => Array.isArray(one) && one.length === 2 && one.every(isText);

/**
 * A state of the playground, or an error if it is none.
 * @param {App} state what may be one
 * @returns {App}
 */
export const checked = (state) => {
  const { code, scenario, requests, way, files } = state;
  const good =
    isText(code) &&
    isText(scenario) &&
    Array.isArray(requests) &&
    requests.length > 0 &&
    requests.every(isRequest) &&
    ["requests", "scenario"].includes(way) &&
    Array.isArray(files) &&
    files.every(isFile);
  if (!good) throw new Error("it is not an app of the playground");
  return { code, scenario, requests, way, files };
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
 * @returns {Promise<App | null>} what is in it, if it is a link to an app
 */
export const read = async (hash) => {
  if (!hash.startsWith(NAME)) return null;
  const packed = hash[NAME.length] === "1";
  let bytes;
  try {
    bytes = toBytes(hash.slice(NAME.length + 1));
  } catch (error) {
    throw new Error("a part of it is missing", { cause: error });
  }
  if (packed) {
    if (!("DecompressionStream" in globalThis)) throw new Error("this browser cannot unpack it");
    bytes = await through(bytes, new DecompressionStream("deflate-raw")).catch((error) => {
      throw error instanceof TypeError ? new Error("a part of it is missing") : error;
    });
  }
  try {
    return checked(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    throw error instanceof SyntaxError ? new Error("a part of it is missing") : error;
  }
};
