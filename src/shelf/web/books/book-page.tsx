import type { BookRecord } from "../../store/books";
import type { User } from "../../store/users";
import type { WebContext } from "../context";
import { Button, ButtonForm, Form } from "../form";
import { BookReading } from "../reading/book-reading";
import { statusWords } from "../reading/tables";
import { Devices, Sessions } from "./book-reading";
import { Cover } from "./cover";
import { Facts } from "./facts";
import { Files } from "./files";
import { Select } from "./search";
import { paragraphsOf, ratingWords } from "./words";
import { STATUSES } from "../../reading-status";

interface BookPageProps {
  readonly book: BookRecord;
  readonly who: User;
  readonly context: WebContext;
  readonly origin: string;
}

export function BookPage({ book, who, context }: BookPageProps) {
  const { store } = context;
  return (
    <>
      <div class="book">
        <Cover book={book} />
        <div>
          {!book.isActive && (
            <p class="note">
              Its file is gone from the folder of books. Your places, sessions and highlights are kept: put the file
              back, anywhere in the folder, and all is as it was.
            </p>
          )}
          <Facts book={book} store={store} />
          <Send book={book} who={who} context={context} />
        </div>
      </div>
      {paragraphsOf(book.description).map((paragraph, n) => (
        <p key={n}>{paragraph}</p>
      ))}
      <h2>Your reading</h2>
      <div class="columns">
        <div>
          <BookReading store={store} userId={who.id} bookId={book.id} />
          <p>
            <a href={`/books/${book.id}/reading`}>Every place you were at, and the way back</a>
          </p>
        </div>
        <Opinion book={book} who={who} context={context} />
      </div>
      <Devices positions={store.positions.onDevices(who.id, book.id)} />
      <Sessions store={store} userId={who.id} bookId={book.id} />
      <Files book={book} files={store.files.ofBook(book.id)} />
    </>
  );
}

type PartProps = Omit<BookPageProps, "origin">;

function Send({ book, who, context: { store, settings } }: PartProps) {
  if (!settings.sendToKoreader || who.role === "guest" || !book.isActive) return null;
  if (!store.inbox.isWaiting(who.id, book.id))
    return <ButtonForm action={`/books/${book.id}/send`}>Send to KOReader</ButtonForm>;
  return (
    <p>
      It waits for your reader, which fetches it the next time it is connected.{" "}
      <ButtonForm action={`/books/${book.id}/take-back`} kind="quiet">
        Do not send it
      </ButtonForm>
    </p>
  );
}

const RATINGS = ["", "1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5"];

function Opinion({ book, who, context: { store } }: PartProps) {
  const standing = store.statuses.find(who.id, book.id);
  const rating = standing?.rating ?? null;
  return (
    <Form action={`/books/${book.id}/opinion`} class="card">
      <Select
        name="status"
        label="Status"
        value={standing?.status ?? "unread"}
        choices={STATUSES.map(status => [status, statusWords(status)])}
      />
      <p class="hint">“Unread” also forgets your place in it.</p>
      <Select
        name="rating"
        label="Rating"
        value={rating === null ? "" : String(rating)}
        choices={RATINGS.map(stars => [stars, ratingWords(stars === "" ? null : Number(stars))])}
      />
      <Button>Save</Button>
    </Form>
  );
}
