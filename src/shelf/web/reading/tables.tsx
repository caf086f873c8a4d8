import type { ReadBook, ReadingDevice } from "../../store/reading";
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

export function BookTable({ books }: { readonly books: readonly ReadBook[] }) {
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Book</th>
          <th scope="col">Status</th>
          <th scope="col" class="number">
            Place
          </th>
          <th scope="col" class="number">
            Read
          </th>
          <th scope="col" class="number">
            Sittings
          </th>
          <th scope="col">Last read</th>
        </tr>
      </thead>
      <tbody>
        {books.map(({ bookId, title, author, status, percentage, seconds, sittings, lastAt }) => (
          <tr key={bookId}>
            <th scope="row">
              <a href={`/books/${bookId}/reading`}>{title}</a>
              {author !== null && author !== "" && <span class="byline">{author}</span>}
            </th>
            <td data-label="Status">{statusWords(status)}</td>
            <td data-label="Place" class="number">
              {percentWords(percentage)}
            </td>
            <td data-label="Read" class="number">
              {durationWords(seconds)}
            </td>
            <td data-label="Sittings" class="number">
              {sittings}
            </td>
            <td data-label="Last read">
              <Time at={`${lastAt}Z`} withClock={false} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function DeviceTable({ devices }: { readonly devices: readonly ReadingDevice[] }) {
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Device</th>
          <th scope="col" class="number">
            Read
          </th>
          <th scope="col" class="number">
            Sittings
          </th>
          <th scope="col" class="number">
            Books
          </th>
          <th scope="col">Last read</th>
        </tr>
      </thead>
      <tbody>
        {devices.map(({ device, seconds, sittings, books, lastAt }) => (
          <tr key={device ?? ""}>
            <th scope="row">{deviceWords(device)}</th>
            <td data-label="Read" class="number">
              {durationWords(seconds)}
            </td>
            <td data-label="Sittings" class="number">
              {sittings}
            </td>
            <td data-label="Books" class="number">
              {countWords(books, "book")}
            </td>
            <td data-label="Last read">
              <Time at={`${lastAt}Z`} withClock={false} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
