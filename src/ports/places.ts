/** Where books lie on this device. */
export interface Places {
  /**
   * The folder of downloads, absolute, without a slash at its end.
   * @param chosen the reader's own; empty for KOReader's home folder, or what stands for it
   * @returns nothing where that folder is not there: a memory card was taken out
   */
  base(chosen: string): string | undefined;
  /** What is in a folder; nothing where there is none. */
  names(folder: string): string[];
  exists(path: string): boolean;
}
