import type { Shown } from "../../store/browse";
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

/** Books in a table. */
export function BookTable({ books }: BooksProps) {
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Title</th>
          <th scope="col">Author</th>
          <th scope="col">Series</th>
          <th scope="col">Status</th>
          <th scope="col">Rating</th>
        </tr>
      </thead>
      <tbody>
        {books.map(({ id, title, author, series, seriesIndex, status, rating }) => (
          <tr key={id}>
            <th scope="row">
              <a href={`/books/${id}`}>{title}</a>
            </th>
            <td data-label="Author">{author === null ? "–" : <a href={booksPath({ author })}>{author}</a>}</td>
            <td data-label="Series">
              {series === null ? "–" : <a href={booksPath({ series })}>{volumeWords(series, seriesIndex)}</a>}
            </td>
            <td data-label="Status">{statusWords(status)}</td>
            <td data-label="Rating">{ratingWords(rating)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
