import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

const SAMPLE_BYTES = 1024;
/** 0, then 1 KiB · 4ⁿ up to 1 GiB. */
const OFFSETS = [0, ...Array.from({ length: 11 }, (_, n) => SAMPLE_BYTES * 4 ** n)];

/**
 * The digest by which KOReader knows a file (`util.partialMD5`): MD5 over samples of 1 KiB, 32 hex digits. Reads twelve
 * samples at most, whatever the size of the file. Rejects when the file cannot be read.
 */
export async function partialMd5(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const digest = createHash("md5");
    const sample = Buffer.alloc(SAMPLE_BYTES);
    for (const offset of OFFSETS) {
      const { bytesRead } = await file.read(sample, 0, SAMPLE_BYTES, offset);
      if (bytesRead === 0) break;
      digest.update(sample.subarray(0, bytesRead));
    }
    return digest.digest("hex");
  } finally {
    await file.close();
  }
}
