import type { ReadBook, ReadingDevice } from "../../store/reading";
import { CardTable, type Column } from "../card-table";
import { Time } from "../time";
import { countWords, durationWords, percentWords } from "./words";

const STATUS_WORDS: Readonly<Record<NonNullable<ReadBook["status"]>, string>> = {
  unread: "Unread",
  reading: "Reading",
  read: "Read",
  shelved: "Shelved",
  want_to_read: "Want to read",
};

export function statusWords(status: ReadBook["status"]): string {
  return STATUS_WORDS[status ?? "unread"];
}

/** What a device that gave no name is called. */
export function deviceWords(device: string | null): string {
  switch (device) {
    case null:
    case "":
      return "A device without a name";
    case "web":
    case "web-reader":
      return "In the browser";
    case "restore":
      return "Restored here";
    default:
      return device;
  }
}

const BOOK_COLUMNS: readonly Column<ReadBook>[] = [
  {
    head: "Book",
    cell: ({ bookId, title, author }) => (
      <>
        <a href={`/books/${bookId}/reading`}>{title}</a>
        {author !== null && author !== "" && <span class="byline">{author}</span>}
      </>
    ),
  },
  { head: "Status", cell: ({ status }) => statusWords(status) },
  { head: "Place", kind: "number", cell: ({ percentage }) => percentWords(percentage) },
  { head: "Read", kind: "number", cell: ({ seconds }) => durationWords(seconds) },
  { head: "Sittings", kind: "number", cell: ({ sittings }) => sittings },
  { head: "Last read", cell: ({ lastAt }) => <Time at={`${lastAt}Z`} withClock={false} /> },
];

export function BookTable({ books }: { readonly books: readonly ReadBook[] }) {
  return <CardTable columns={BOOK_COLUMNS} rows={books} keyOf={({ bookId }) => bookId} />;
}

const DEVICE_COLUMNS: readonly Column<ReadingDevice>[] = [
  { head: "Device", cell: ({ device }) => deviceWords(device) },
  { head: "Read", kind: "number", cell: ({ seconds }) => durationWords(seconds) },
  { head: "Sittings", kind: "number", cell: ({ sittings }) => sittings },
  { head: "Books", kind: "number", cell: ({ books }) => countWords(books, "book") },
  { head: "Last read", cell: ({ lastAt }) => <Time at={`${lastAt}Z`} withClock={false} /> },
];

export function DeviceTable({ devices }: { readonly devices: readonly ReadingDevice[] }) {
  return <CardTable columns={DEVICE_COLUMNS} rows={devices} keyOf={({ device }) => device ?? ""} />;
}
