import { crc32 } from "node:zlib";
import { zipSync } from "fflate";

export type Files = Readonly<Record<string, Uint8Array | string>>;

/** A CBZ: files in a ZIP. */
export function makeCbz(files: Files): Uint8Array {
  const entries = Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)] as const);
  return zipSync(Object.fromEntries(entries), { mtime: new Date(2026, 0, 2) });
}

const SIGNATURE = Buffer.from("Rar!\x1a\x07\x01\0", "latin1");
const MAIN = 1;
const FILE = 2;
const END = 5;
const HAS_DATA = 2;
const HAS_CRC = 4;

/** A CBR: files in a RAR 5, stored as they are. */
export function makeCbr(files: Files): Uint8Array {
  const blocks = Object.entries(files).map(([name, bytes]) => stored(name, Buffer.from(bytes)));
  return Buffer.concat([SIGNATURE, block(MAIN, 0, [vint(0)]), ...blocks, block(END, 0, [vint(0)])]);
}

function stored(name: string, bytes: Buffer): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(bytes));
  const utf8 = Buffer.from(name);
  const [attributes, method, unix] = [vint(0o100644), vint(0), vint(1)];
  const fields = [vint(HAS_CRC), vint(bytes.length), attributes, checksum, method, unix, vint(utf8.length), utf8];
  return Buffer.concat([block(FILE, HAS_DATA, [vint(bytes.length), ...fields]), bytes]);
}

/** A header: its checksum, its length, its type and flags, its fields. */
function block(type: number, flags: number, fields: readonly Buffer[]): Buffer {
  const body = Buffer.concat([vint(type), vint(flags), ...fields]);
  const sized = Buffer.concat([vint(body.length), body]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(sized));
  return Buffer.concat([checksum, sized]);
}

/** Seven bits in a byte, the lowest first. */
function vint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}
