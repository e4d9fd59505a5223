// The two functions that hash passwords, for which Python uses OpenSSL: PBKDF2 with
// SHA-256 (RFC 8018) and scrypt (RFC 7914). A browser has no OpenSSL, and in Python
// they would take minutes.
const ROUND = new Int32Array(64);
const INITIAL = new Int32Array(8);
{
  // The first bits of the fractional parts of roots of the first primes.
  /** @param {number} x */
  const bits = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32);
  let count = 0;
  for (let n = 2; count < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) prime &&= n % d !== 0;
    if (!prime) continue;
    if (count < 8) INITIAL[count] = bits(Math.sqrt(n));
    ROUND[count] = bits(Math.cbrt(n));
    count += 1;
  }
}

const words = new Int32Array(64);

/**
 * Add one block of 16 words to the state, in place.
 * @param {Int32Array} state
 * @param {Int32Array} block
 */
const compress = (state, block) => {
  words.set(block);
  for (let i = 16; i < 64; i += 1) {
    const x = words[i - 15];
    const y = words[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = words[i - 16] + s0 + words[i - 7] + s1;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
};

/**
 * Continue from `state`, after `before` bytes, to the end of `message`.
 * @param {Int32Array} state
 * @param {Uint8Array} message
 * @param {number} before
 */
const finish = (state, message, before) => {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  const bits = (before + message.length) * 8;
  view.setInt32(padded.length - 8, Math.floor(bits / 2 ** 32));
  view.setInt32(padded.length - 4, bits >>> 0);
  const block = new Int32Array(16);
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i += 1) block[i] = view.getInt32(at + 4 * i);
    compress(state, block);
  }
  return state;
};

/** @param {Int32Array} state */
const asBytes = (state) => {
  const bytes = new Uint8Array(state.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of state.entries()) view.setInt32(4 * i, word);
  return bytes;
};

/** @param {Uint8Array} message */
export const sha256 = (message) => asBytes(finish(INITIAL.slice(), message, 0));

/**
 * Derive `size` bytes with HMAC-SHA-256.
 * @param {Uint8Array} password
 * @param {Uint8Array} salt
 * @param {number} iterations
 * @param {number} size
 */
export const pbkdf2 = (password, salt, iterations, size) => {
  const key = new Uint8Array(64);
  key.set(password.length > 64 ? sha256(password) : password);
  /** @param {number} mask */
  const begin = (mask) => {
    const state = INITIAL.slice();
    const block = asBlock(key.map((byte) => byte ^ mask));
    compress(state, block);
    return state;
  };
  const inner = begin(0x36);
  const outer = begin(0x5c);
  // A digest as the rest of a message that follows one block.
  const block = new Int32Array(16);
  block[8] = 0x80000000;
  block[15] = (64 + 32) * 8;
  const last = new Int32Array(8);
  /** @param {Int32Array} from */
  const hash = (from) => {
    block.set(last);
    last.set(from);
    compress(last, block);
  };
  const derived = new Uint8Array(Math.ceil(size / 32) * 32);
  for (let n = 1; (n - 1) * 32 < size; n += 1) {
    const first = new Uint8Array(salt.length + 4);
    first.set(salt);
    new DataView(first.buffer).setInt32(salt.length, n);
    last.set(finish(inner.slice(), first, 64));
    hash(outer);
    const total = last.slice();
    for (let i = 1; i < iterations; i += 1) {
      hash(inner);
      hash(outer);
      for (let j = 0; j < 8; j += 1) total[j] ^= last[j];
    }
    derived.set(asBytes(total), (n - 1) * 32);
  }
  return derived.slice(0, size);
};

/** @param {Uint8Array} bytes */
const asBlock = (bytes) => {
  const view = new DataView(bytes.buffer);
  return Int32Array.from({ length: 16 }, (_, i) => view.getInt32(4 * i));
};

/**
 * Salsa20 of eight rounds, in place: columns, then rows.
 * @param {Int32Array} x
 */
const salsa = (x) => {
  let a = x[0],
    b = x[1],
    c = x[2],
    d = x[3];
  let e = x[4],
    f = x[5],
    g = x[6],
    h = x[7];
  let i = x[8],
    j = x[9],
    k = x[10],
    l = x[11];
  let m = x[12],
    n = x[13],
    o = x[14],
    p = x[15];
  let t = 0;
  // biome-ignore format: four lines are one quarter round.
  for (let round = 0; round < 4; round += 1) {
    t = (a + m) | 0; e ^= (t << 7) | (t >>> 25);
    t = (e + a) | 0; i ^= (t << 9) | (t >>> 23);
    t = (i + e) | 0; m ^= (t << 13) | (t >>> 19);
    t = (m + i) | 0; a ^= (t << 18) | (t >>> 14);
    t = (f + b) | 0; j ^= (t << 7) | (t >>> 25);
    t = (j + f) | 0; n ^= (t << 9) | (t >>> 23);
    t = (n + j) | 0; b ^= (t << 13) | (t >>> 19);
    t = (b + n) | 0; f ^= (t << 18) | (t >>> 14);
    t = (k + g) | 0; o ^= (t << 7) | (t >>> 25);
    t = (o + k) | 0; c ^= (t << 9) | (t >>> 23);
    t = (c + o) | 0; g ^= (t << 13) | (t >>> 19);
    t = (g + c) | 0; k ^= (t << 18) | (t >>> 14);
    t = (p + l) | 0; d ^= (t << 7) | (t >>> 25);
    t = (d + p) | 0; h ^= (t << 9) | (t >>> 23);
    t = (h + d) | 0; l ^= (t << 13) | (t >>> 19);
    t = (l + h) | 0; p ^= (t << 18) | (t >>> 14);
    t = (a + d) | 0; b ^= (t << 7) | (t >>> 25);
    t = (b + a) | 0; c ^= (t << 9) | (t >>> 23);
    t = (c + b) | 0; d ^= (t << 13) | (t >>> 19);
    t = (d + c) | 0; a ^= (t << 18) | (t >>> 14);
    t = (f + e) | 0; g ^= (t << 7) | (t >>> 25);
    t = (g + f) | 0; h ^= (t << 9) | (t >>> 23);
    t = (h + g) | 0; e ^= (t << 13) | (t >>> 19);
    t = (e + h) | 0; f ^= (t << 18) | (t >>> 14);
    t = (k + j) | 0; l ^= (t << 7) | (t >>> 25);
    t = (l + k) | 0; i ^= (t << 9) | (t >>> 23);
    t = (i + l) | 0; j ^= (t << 13) | (t >>> 19);
    t = (j + i) | 0; k ^= (t << 18) | (t >>> 14);
    t = (p + o) | 0; m ^= (t << 7) | (t >>> 25);
    t = (m + p) | 0; n ^= (t << 9) | (t >>> 23);
    t = (n + m) | 0; o ^= (t << 13) | (t >>> 19);
    t = (o + n) | 0; p ^= (t << 18) | (t >>> 14);
  }
  x[0] += a;
  x[1] += b;
  x[2] += c;
  x[3] += d;
  x[4] += e;
  x[5] += f;
  x[6] += g;
  x[7] += h;
  x[8] += i;
  x[9] += j;
  x[10] += k;
  x[11] += l;
  x[12] += m;
  x[13] += n;
  x[14] += o;
  x[15] += p;
};

/**
 * @param {Uint8Array} password
 * @param {Uint8Array} salt
 * @param {number} cost
 * @param {number} blocks
 * @param {number} parallel
 * @param {number} size
 */
export const scrypt = (password, salt, cost, blocks, parallel, size) => {
  const length = blocks * 32;
  const bytes = pbkdf2(password, salt, 1, parallel * length * 4);
  const all = new DataView(bytes.buffer);
  const table = new Int32Array(cost * length);
  let now = new Int32Array(length);
  let next = new Int32Array(length);
  const x = new Int32Array(16);
  const mix = () => {
    x.set(now.subarray(length - 16));
    for (let i = 0; i < 2 * blocks; i += 1) {
      for (let j = 0; j < 16; j += 1) x[j] ^= now[16 * i + j];
      salsa(x);
      next.set(x, 16 * ((i >> 1) + (i & 1) * blocks));
    }
    [now, next] = [next, now];
  };
  for (let p = 0; p < parallel; p += 1) {
    const start = p * length * 4;
    for (let i = 0; i < length; i += 1) now[i] = all.getInt32(start + 4 * i, true);
    for (let i = 0; i < cost; i += 1) {
      table.set(now, i * length);
      mix();
    }
    for (let i = 0; i < cost; i += 1) {
      // The cost is a power of two.
      const from = (now[length - 16] & (cost - 1)) * length;
      for (let j = 0; j < length; j += 1) now[j] ^= table[from + j];
      mix();
    }
    for (let i = 0; i < length; i += 1) all.setInt32(start + 4 * i, now[i], true);
  }
  return pbkdf2(password, bytes, 1, size);
};
