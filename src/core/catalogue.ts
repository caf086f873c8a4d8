import type { RemoteBook } from "./book";
import type { ServerKind } from "./connection";
import type { Fraction } from "./units";

/** Whose libraries can be browsed. */
export const HAS_CATALOGUE: Readonly<Record<ServerKind, boolean>> = { tome: true };

/** One file of a server's book. */
export interface RemoteFile {
  readonly fileId: string;
  /** What its name ends with, in lower case, without the first dot: "epub", "kepub.epub". */
  readonly format: string;
  /** As the server has it; what is sent may be another length, because servers write metadata into it. */
  readonly bytes?: number;
}

/** How far a book is read, by its server. */
export type ReadState = "unread" | "reading" | "read" | "shelved" | "wanted";

/** A book as a list of a server tells it. */
export interface CatalogueBook extends RemoteBook {
  /** What the server calls its kind of book: "manga", "light_novel". */
  readonly bookType?: string;
  readonly state?: ReadState;
  readonly files: readonly RemoteFile[];
}

/** Books under one name. */
export interface BookGroup {
  readonly kind: "series" | "author" | "shelf";
  /** What its books are asked for by. */
  readonly id: string;
  /** Absent for the books that have no series, or no author. */
  readonly name?: string;
  readonly books: number;
  readonly author?: string;
}

/** What one screen tells of one book. */
export interface BookDetails extends CatalogueBook {
  /** Plain text, paragraphs parted by a line break. */
  readonly description?: string;
  readonly progress?: Fraction;
  readonly language?: string;
  readonly tags?: readonly string[];
  /** Of how many books of its series it is one. */
  readonly inSeries?: number;
}

/** A list of groups of one kind. */
export type GroupList = "series" | "authors" | "shelves";

/** A list of a server: of groups, or of books. */
export type ListKey =
  | { readonly kind: GroupList }
  /** The newest on the server first; the first unread volume of each series in progress. */
  | { readonly kind: "recent" | "up-next" }
  /** `id` is that of a group; of a series any of its books names it too. */
  | { readonly kind: "series-books" | "author-books" | "shelf-books"; readonly id: string }
  /** Every word occurs in title, author or series. */
  | { readonly kind: "search"; readonly words: string };

export type BookListKey = Exclude<ListKey, { readonly kind: GroupList }>;

/** One line of a list. */
export type ListEntry =
  { readonly kind: "group"; readonly group: BookGroup } | { readonly kind: "book"; readonly book: CatalogueBook };
