/** Books that are on this device, as KOReader shows them. */
export interface BookFiles {
  /** Closes what is on screen and opens the book; a word says so when it is gone. */
  open(file: string): void;
  /** The file browser at the book's folder; an open book is closed. */
  showInFolder(file: string): void;
}
