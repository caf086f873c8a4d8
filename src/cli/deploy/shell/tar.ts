import type { PayloadFile } from "../payload";

const BLOCK = 512;

/** POSIX's ustar format: a block of text fields, then the file, filled up to whole blocks. Owner and times are nobody's. */
function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  block.write(name, 0, 100);
  block.write(octal(0o644, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(Math.floor(Date.now() / 1000), 11), 136);
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)} `, 148);
  return block;
}

/** The files as one tar file, for whatever tar the device has. Names are at most 100 bytes long. */
export function tarOf(files: readonly PayloadFile[]): Buffer {
  const parts = files.flatMap(({ name, bytes }) => {
    if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long for a tar file`);
    return [header(name, bytes.length), bytes, Buffer.alloc(-bytes.length & (BLOCK - 1))];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}
