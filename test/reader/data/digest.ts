/** What MD5, SHA-1 and SHA-256 have in common: blocks of 64 bytes, padding, words of 32 bits. */
import bits = require("bit");

export interface Algorithm {
  readonly start: readonly number[];
  readonly littleEndian: boolean;
  /** Mixes sixteen words into the state, in place. */
  readonly mix: (state: number[], words: readonly number[]) => void;
}

const BLOCK = 64;

/** The index in Lua's string of a block's byte. */
function words(block: string, from: number, littleEndian: boolean): number[] {
  const result: number[] = [];
  for (const index of $range(0, 15)) {
    const [a = 0, b = 0, c = 0, d = 0] = string.byte(block, from + index * 4, from + index * 4 + 3);
    const ordered = littleEndian ? [d, c, b, a] : [a, b, c, d];
    result.push(ordered.reduce((word, byte) => bits.bor(bits.lshift(word, 8), byte), 0));
  }
  return result;
}

const word32 = (value: number, littleEndian: boolean): string => {
  const bytes = [24, 16, 8, 0].map(shift => string.char(bits.band(bits.rshift(value, shift), 0xff)));
  return (littleEndian ? bytes.reverse() : bytes).join("");
};

/** The bits count of the message, as the last eight bytes of its padding. */
function lengthField(bytes: number, littleEndian: boolean): string {
  const low = word32(bits.tobit(math.fmod(bytes * 8, 2 ** 32)), littleEndian);
  const high = word32(Math.floor((bytes * 8) / 2 ** 32), littleEndian);
  return littleEndian ? low + high : high + low;
}

export class Digest {
  private readonly state: number[];
  private rest = "";
  private size = 0;

  constructor(private readonly algorithm: Algorithm) {
    this.state = algorithm.start.slice();
  }

  update(piece: string): void {
    this.size += string.len(piece);
    this.consume(this.rest + piece);
  }

  private consume(text: string): void {
    const whole = Math.floor(string.len(text) / BLOCK);
    for (const index of $range(0, whole - 1)) {
      this.algorithm.mix(this.state, words(text, index * BLOCK + 1, this.algorithm.littleEndian));
    }
    this.rest = string.sub(text, whole * BLOCK + 1);
  }

  hex(): string {
    const { littleEndian } = this.algorithm;
    const used = math.fmod(string.len(this.rest) + 1 + 8, BLOCK);
    const zeros = string.rep("\0", used === 0 ? 0 : BLOCK - used);
    this.consume(this.rest + string.char(0x80) + zeros + lengthField(this.size, littleEndian));
    const bytes = this.state.map(word => word32(word, littleEndian)).join("");
    return string.gsub(bytes, ".", char => string.format("%02x", string.byte(char)))[0];
  }
}

/** `hash(message)`, or `hash()` for a function that takes pieces and ends when called with nothing. */
export function hasher(algorithm: Algorithm): KOReader.Sha2["md5"] {
  const pieces = (): KOReader.DigestPieces => {
    const digest = new Digest(algorithm);
    const take = (piece?: string): unknown => {
      if (piece === undefined) return digest.hex();
      digest.update(piece);
      return take;
    };
    return take as KOReader.DigestPieces;
  };
  const hash = (message?: string): unknown => {
    if (message === undefined) return pieces();
    return pieces()(message)();
  };
  return hash as KOReader.Sha2["md5"];
}
