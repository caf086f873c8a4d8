import type { PayloadFile } from "../payload";

const BLOCK = 512;

/** POSIX's ustar format: a block of text fields, then the file, filled up to whole blocks. Owner and times are nobody's. */
function header(path: string, size: number, type: "0" | "5"): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  block.write(path, 0, 100);
  block.write(octal(type === "5" ? 0o755 : 0o644, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(Math.floor(Date.now() / 1000), 11), 136);
  block.write("        ", 148);
  block.write(type, 156);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)} `, 148);
  return block;
}

/** Each folder on the way to a file, once, above first. */
function foldersOf(files: readonly PayloadFile[]): string[] {
  const folders = new Set<string>();
  for (const { path } of files) {
    const names = path.split("/").slice(0, -1);
    names.forEach((_, index) => folders.add(`${names.slice(0, index + 1).join("/")}/`));
  }
  return [...folders];
}

/** The files as one tar file, for whatever tar the device has. Paths are at most 100 bytes long. */
export function tarOf(files: readonly PayloadFile[]): Buffer {
  const parts: Uint8Array[] = foldersOf(files).map(folder => header(folder, 0, "5"));
  for (const { path, bytes } of files) {
    if (Buffer.byteLength(path) > 100) throw new Error(`${path} is too long for a tar file`);
    parts.push(header(path, bytes.length, "0"), bytes, Buffer.alloc(-bytes.length & (BLOCK - 1)));
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}
