import type { BookFacts } from "../core/book";
import type { Position } from "../core/position";

/** The book on screen. */
export interface OpenDocument {
  file(): string;
  title(): string;
  /** Reads up to 12 KiB of the file for its digest: not inside an event handler. Nothing when the file is unreadable. */
  facts(): BookFacts | undefined;
  position(): Position;
  page(): number;
  /** Goes there and leaves a way back; to the fraction where the locator does not exist in this document. */
  goTo(position: Position): void;
}
