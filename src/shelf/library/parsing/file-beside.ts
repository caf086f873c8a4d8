import { withBytes } from "../formats/bytes";

/** A file that stands beside a book; undefined when it is not there or has more than `most` bytes. */
export async function fileBeside(path: string, most: number): Promise<Buffer | undefined> {
  try {
    return await withBytes(path, ({ size, at }) => (size > most ? Promise.resolve(undefined) : at(0, size)));
  } catch {
    return undefined;
  }
}
