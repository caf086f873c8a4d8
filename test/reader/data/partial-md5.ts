/** The digest by which KOReader knows a file: samples at growing distances, not the whole. */
import { sha2 } from "./hashes";

const SAMPLE = 1024;

/** 0, then 1 KiB, and each four times the one before, up to 1 GiB. */
const OFFSETS: number[] = [0];
for (const power of $range(0, 10)) OFFSETS.push(SAMPLE * 4 ** power);

export function partialMD5(path: string): string | undefined {
  const [file] = io.open(path, "rb");
  if (file === undefined) return undefined;
  const pieces = sha2.md5();
  for (const offset of OFFSETS) {
    file.seek("set", offset);
    const sample = file.read(SAMPLE);
    if (sample === undefined) break;
    pieces(sample);
  }
  file.close();
  return pieces();
}
