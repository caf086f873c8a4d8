import type { Shown } from "../../store/browse";
import { CardTable, type Column } from "../card-table";
import { statusWords } from "../reading/tables";
import { Cover } from "./cover";
import { ratingWords, volumeWords } from "./words";
import { booksPath } from "./wish";

/** How many covers are seen before anybody scrolls. */
const AT_ONCE = 12;

interface BooksProps {
  readonly books: readonly Shown[];
}

/** Books by their covers. */
export function BookGrid({ books }: BooksProps) {
  return (
    <ul class="grid">
      {books.map((book, index) => (
        <li key={book.id}>
          <a href={`/books/${book.id}`}>
            <Cover book={book} lazy={index >= AT_ONCE} />
            <span class="title">{book.title}</span>
          </a>
          {book.author !== null && <span class="byline">{book.author}</span>}
          {book.series !== null && <span class="byline">{volumeWords(book.series, book.seriesIndex)}</span>}
          <Standing book={book} />
        </li>
      ))}
    </ul>
  );
}

function Standing({ book: { status, progressPct } }: { readonly book: Shown }) {
  if (status === "unread") return null;
  const percent = status === "reading" && progressPct !== null ? `, ${Math.round(progressPct * 100)} %` : "";
  return <span class={`badge ${status}`}>{statusWords(status) + percent}</span>;
}

const COLUMNS: readonly Column<Shown>[] = [
  { head: "Title", cell: ({ id, title }) => <a href={`/books/${id}`}>{title}</a> },
  { head: "Author", cell: ({ author }) => (author === null ? "–" : <a href={booksPath({ author })}>{author}</a>) },
  {
    head: "Series",
    cell: ({ series, seriesIndex }) =>
      series === null ? "–" : <a href={booksPath({ series })}>{volumeWords(series, seriesIndex)}</a>,
  },
  { head: "Status", cell: ({ status }) => statusWords(status) },
  { head: "Rating", cell: ({ rating }) => ratingWords(rating) },
];

/** Books in a table. */
export function BookTable({ books }: BooksProps) {
  return <CardTable columns={COLUMNS} rows={books} keyOf={({ id }) => id} />;
}
