import { overviewOf } from "../../reading/overview";
import { serverZone } from "../../reading/days";
import type { Shown, Sort } from "../../store/browse";
import type { User } from "../../store/users";
import { BookGrid } from "../books/lists";
import { FolderNote, NoBooks } from "../books/notes";
import { ALL_BOOKS, booksPath, type Asked } from "../books/wish";
import type { WebContext } from "../context";
import { reader, show, type Page } from "../page";
import { Figures } from "../reading/overview";

const IN_A_ROW = 6;

/** Where somebody goes on: the books in hand, what is new, and how a device gets here. */
export function homePages(context: WebContext): Page[] {
  return [reader.page("/", ({ who }) => show("Your library", <Home who={who} context={context} />))];
}

interface HomeProps {
  readonly who: User;
  readonly context: WebContext;
}

function Home({ who, context }: HomeProps) {
  const { store, now } = context;
  const some = (sort: Sort, status?: "reading") =>
    store.browse.books(
      who,
      { words: "", sort, ...(status !== undefined && { status }) },
      { limit: IN_A_ROW, offset: 0 },
    );
  const newest = some("added");
  const zone = store.users.timeZone(who.id) ?? serverZone();
  const hasRead = store.reading.books(who.id, 1).length > 0;
  return (
    <>
      <FolderNote who={who} context={context} />
      {store.credentials.keysOf(who.id).length === 0 && <ConnectNote />}
      {hasRead && <Figures overview={overviewOf(store.reading, { userId: who.id, zone, now: now().getTime() })} />}
      <Row title="Read on" books={some("read", "reading")} all={{ ...ALL_BOOKS, status: "reading", sort: "read" }} />
      <Row title="New in the library" books={newest} all={{ ...ALL_BOOKS, sort: "added" }} />
      {newest.length === 0 && <NoBooks asked={ALL_BOOKS} who={who} context={context} />}
    </>
  );
}

interface RowProps {
  readonly title: string;
  readonly books: readonly Shown[];
  readonly all: Asked;
}

function Row({ title, books, all }: RowProps) {
  if (books.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <BookGrid books={books} />
      {books.length === IN_A_ROW && (
        <p>
          <a href={booksPath(all)}>Show all</a>
        </p>
      )}
    </>
  );
}

function ConnectNote() {
  return (
    <p class="note">
      No device is connected yet. <a href="/connect">Connect your e-reader</a>, and your places and sessions appear
      here.
    </p>
  );
}
