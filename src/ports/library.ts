import type { CatalogueBook, RemoteFile } from "../core/catalogue";
import type { Actions } from "./actions";
import type { BookFiles } from "./book-files";
import type { Browse } from "./browse";
import type { Downloads } from "./downloads";
import type { InboxDesk } from "./inbox";
import type { Overview } from "./overview";

/** What the screens of a library are given. */
export interface LibraryPorts {
  readonly overview: Overview;
  readonly actions: Actions;
  readonly browse: Browse;
  readonly downloads: Downloads;
  readonly inbox: InboxDesk;
  readonly bookFiles: BookFiles;
  /** Which of its files the reader wants of a book; nothing when it has none. */
  preferredFile(book: CatalogueBook): RemoteFile | undefined;
  isConnected(): boolean;
}
