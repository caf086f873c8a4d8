import { type BookPath, pathText } from "./book-path";
import { byteLength } from "./characters";
import { areAlike } from "./letter-case";

export type IsTaken = (this: void, path: string) => boolean;

/** Linux allows 4096; KOReader's own files beside a book have longer names than the book. */
export const MOST_PATH_BYTES = 3900;
const MOST_MARKS = 9999;

/** Paths that are in use, by what a file system without capitals takes for the same. */
export class TakenPaths {
  private readonly paths: string[] = [];

  constructor(paths: readonly string[] = []) {
    for (const path of paths) this.add(path);
  }

  add(path: string): void {
    this.paths.push(path);
  }

  /** Thousands of files lie in one folder: each is only looked at as far as it is the same. */
  has(path: string): boolean {
    return this.paths.some(each => areAlike(each, path));
  }
}

/**
 * The first path below `base` that is not taken: as it is, then with " (2)", " (3)" and so on before its extension. Where the
 * whole would be longer than a path can be, the folders go.
 * @param base absolute, without a slash at its end
 */
export function freePath(base: string, path: BookPath, isTaken: IsTaken): string {
  const isLong = byteLength(`${base}/${pathText(path)}`) > MOST_PATH_BYTES;
  const fitting = isLong ? { ...path, folders: [] } : path;
  const numbered = (number: number): string => `${base}/${pathText(fitting, number === 1 ? "" : ` (${number})`)}`;
  let number = 1;
  while (number < MOST_MARKS && isTaken(numbered(number))) number += 1;
  return numbered(number);
}
