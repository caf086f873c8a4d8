import { open, type FileHandle } from "node:fs/promises";
import { Unreadable } from "./said";

/** Reads a file piece by piece; nothing is read that was not asked for. */
export interface Bytes {
  readonly size: number;
  /** The bytes from `start` on, `length` of them or as many as there are. */
  at(start: number, length: number): Promise<Buffer>;
  /** Exactly these bytes. Rejects with `Unreadable` when the file ends before. */
  exactly(start: number, length: number): Promise<Buffer>;
}

/** Opens a file for as long as `work` runs. */
export async function withBytes<T>(path: string, work: (bytes: Bytes) => Promise<T>): Promise<T> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const at = (start: number, length: number) => read(file, start, Math.max(0, Math.min(length, size - start)));
    const exactly = async (start: number, length: number) => {
      if (start < 0 || length < 0 || start + length > size) throw new Unreadable("It ends in the middle.");
      return at(start, length);
    };
    return await work({ size, at, exactly });
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
  return buffer.subarray(0, bytesRead);
}
