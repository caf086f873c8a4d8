/** What of a connection would be lost. */
export interface Unsent {
  readonly name: string;
  readonly sessions: number;
  /** Books whose place waits. */
  readonly positions: number;
}

/** What a reader does with Ribbon itself. */
export interface Upkeep {
  /**
   * Everything that helps to find out what is wrong, to be posted in public: no key, address, host, name or path; titles of
   * books only `withTitles`. In English, for whoever reads it there.
   */
  report(withTitles: boolean): string;
  /** Writes it beside KOReader's own files. Gives the file's absolute path; nothing when it could not be written. */
  write(report: string): string | undefined;
  /** What no server has yet, by connection; only where there is something. */
  unsent(): Unsent[];
  /** Changes in highlights that the folder in the cloud does not have yet. */
  unsentHighlights(): number;
  /** Books that are on their way here. */
  downloads(): number;
  /** Removes all that Ribbon keeps on this device. Ribbon does nothing more until KOReader starts again. */
  deleteEverything(): void;
}
