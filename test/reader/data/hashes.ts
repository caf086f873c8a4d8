/** KOReader's `ffi/sha2`, as far as plugins use it. */
import bits = require("bit");
import mime = require("mime");
import { type Algorithm, hasher } from "./digest";

const { band, bnot, bor, bxor, rol, ror, rshift, tobit } = bits;

const MD5_SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];

const md5Constants: number[] = [];
for (const index of $range(1, 64)) md5Constants.push(tobit(Math.floor(Math.abs(Math.sin(index)) * 2 ** 32)));

/** The round's function and which word it takes, by a quarter of the rounds. */
function md5Step(round: number, b: number, c: number, d: number): LuaMultiReturn<[number, number]> {
  if (round < 16) return $multi(bor(band(b, c), band(bnot(b), d)), round);
  if (round < 32) return $multi(bor(band(d, b), band(bnot(d), c)), band(5 * round + 1, 15));
  if (round < 48) return $multi(bxor(b, c, d), band(3 * round + 5, 15));
  return $multi(bxor(c, bor(b, bnot(d))), band(7 * round, 15));
}

const MD5: Algorithm = {
  start: [0x67452301, tobit(0xefcdab89), tobit(0x98badcfe), 0x10325476],
  littleEndian: true,
  mix(state, words) {
    let [a, b, c, d] = state as [number, number, number, number];
    for (const round of $range(0, 63)) {
      const [mixed, word] = md5Step(round, b, c, d);
      const sum = tobit(a + mixed + (md5Constants[round] ?? 0) + (words[word] ?? 0));
      const shift = MD5_SHIFTS[rshift(round, 4)]?.[band(round, 3)] ?? 0;
      a = d;
      d = c;
      c = b;
      b = tobit(b + rol(sum, shift));
    }
    addTo(state, [a, b, c, d]);
  },
};

function addTo(state: number[], mixed: readonly number[]): void {
  for (const index of $range(0, state.length - 1)) {
    state[index] = tobit((state[index] ?? 0) + (mixed[index] ?? 0));
  }
}

const SHA1_CONSTANTS = [0x5a827999, 0x6ed9eba1, tobit(0x8f1bbcdc), tobit(0xca62c1d6)];

function sha1Step(quarter: number, b: number, c: number, d: number): number {
  if (quarter === 0) return bor(band(b, c), band(bnot(b), d));
  if (quarter === 2) return bor(band(b, c), band(b, d), band(c, d));
  return bxor(b, c, d);
}

const SHA1: Algorithm = {
  start: [0x67452301, tobit(0xefcdab89), tobit(0x98badcfe), 0x10325476, tobit(0xc3d2e1f0)],
  littleEndian: false,
  mix(state, block) {
    const words = block.slice();
    const word = (index: number): number => words[index] ?? 0;
    for (const t of $range(16, 79)) words.push(rol(bxor(word(t - 3), word(t - 8), word(t - 14), word(t - 16)), 1));
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (const t of $range(0, 79)) {
      const quarter = Math.floor(t / 20);
      const sum = tobit(rol(a, 5) + sha1Step(quarter, b, c, d) + e + (SHA1_CONSTANTS[quarter] ?? 0) + word(t));
      e = d;
      d = c;
      c = rol(b, 30);
      b = a;
      a = sum;
    }
    addTo(state, [a, b, c, d, e]);
  },
};

/** The first bits of the fractions of the primes' roots. */
const fraction = (value: number): number => tobit(Math.floor((value - Math.floor(value)) * 2 ** 32));

function primes(count: number): number[] {
  const found: number[] = [];
  let candidate = 2;
  while (found.length < count) {
    const at = candidate;
    if (found.every(prime => at / prime !== Math.floor(at / prime))) found.push(at);
    candidate += 1;
  }
  return found;
}

const sha256Constants = primes(64).map(prime => fraction(prime ** (1 / 3)));

const SHA256: Algorithm = {
  start: primes(8).map(prime => fraction(Math.sqrt(prime))),
  littleEndian: false,
  mix(state, block) {
    const words = block.slice();
    const word = (index: number): number => words[index] ?? 0;
    for (const t of $range(16, 63)) {
      const s0 = bxor(ror(word(t - 15), 7), ror(word(t - 15), 18), rshift(word(t - 15), 3));
      const s1 = bxor(ror(word(t - 2), 17), ror(word(t - 2), 19), rshift(word(t - 2), 10));
      words.push(tobit(word(t - 16) + s0 + word(t - 7) + s1));
    }
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
    for (const t of $range(0, 63)) {
      const s1 = bxor(ror(e, 6), ror(e, 11), ror(e, 25));
      const choice = bxor(band(e, f), band(bnot(e), g));
      const one = tobit(h + s1 + choice + (sha256Constants[t] ?? 0) + word(t));
      const s0 = bxor(ror(a, 2), ror(a, 13), ror(a, 22));
      const two = tobit(s0 + bxor(band(a, b), band(a, c), band(b, c)));
      [h, g, f, e] = [g, f, e, tobit(d + one)];
      [d, c, b, a] = [c, b, a, tobit(one + two)];
    }
    addTo(state, [a, b, c, d, e, f, g, h]);
  },
};

const HMAC_BLOCK = 64;

const fromHex = (hex: string): string => string.gsub(hex, "..", pair => string.char(tonumber(pair, 16) ?? 0))[0];

function hmac(hash: (this: void, message: string) => string, key: string, message: string): string {
  const short = string.len(key) > HMAC_BLOCK ? fromHex(hash(key)) : key;
  const padded = short + string.rep("\0", HMAC_BLOCK - string.len(short));
  const masked = (mask: number): string =>
    string.gsub(padded, ".", char => string.char(bxor(string.byte(char), mask)))[0];
  return hash(masked(0x5c) + fromHex(hash(masked(0x36) + message)));
}

export const sha2: KOReader.Sha2 = {
  md5: hasher(MD5),
  sha1: hasher(SHA1),
  sha256: hasher(SHA256),
  hmac,
  hex_to_bin: fromHex,
  bin_to_hex: bytes => string.gsub(bytes, ".", char => string.format("%02x", string.byte(char)))[0],
  bin_to_base64: bytes => mime.b64(bytes)[0],
  base64_to_bin: text => mime.unb64(text)[0],
};
