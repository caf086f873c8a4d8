import type { Shown } from "../../store/browse";
import type { User } from "../../store/users";
import { BookGrid, BookTable } from "../books/lists";
import { Pager } from "../books/pager";
import { Search } from "../books/search";
import { askedIn, booksPath, wishOf, type Asked } from "../books/wish";
import type { WebContext } from "../context";
import { reader, show, type Page, type Reply } from "../page";
import { countWords } from "../reading/words";
import type { Visit } from "../visit";

const ON_A_PAGE = 48;

/** All books, and those that somebody looks for. */
export function booksPages(context: WebContext): Page[] {
  return [reader.page("/books", visit => booksPage(visit, context))];
}

function booksPage({ who, query }: Visit<User>, context: WebContext): Reply {
  const { store } = context;
  const asked = askedIn(query);
  const wish = wishOf(asked, store.shelves, who.id);
  const total = store.browse.count(who, wish);
  const pages = Math.max(1, Math.ceil(total / ON_A_PAGE));
  const page = Math.min(asked.page, pages);
  const books = store.browse.books(who, wish, { limit: ON_A_PAGE, offset: (page - 1) * ON_A_PAGE });
  return show(
    asked.series === "" ? "Books" : asked.series,
    <>
      <FolderNote who={who} context={context} />
      <Search asked={asked} shelves={store.shelves.of(who.id)} />
      {total === 0 ? (
        <NoBooks asked={asked} who={who} context={context} />
      ) : (
        <Found asked={asked} books={books} total={total} who={who} />
      )}
      <Pager page={page} pages={pages} pathOf={to => booksPath({ ...asked, page: to })} />
    </>,
  );
}

interface FoundProps {
  readonly asked: Asked;
  readonly books: readonly Shown[];
  readonly total: number;
  readonly who: User;
}

function Found({ asked, books, total, who }: FoundProps) {
  const other = asked.view === "list" ? "covers" : "list";
  return (
    <>
      <p class="quiet summary">
        <span>{countWords(total, "book")}</span>
        {who.role === "admin" && <a href="/folder">Folder of books</a>}
        <a href={booksPath({ ...asked, view: other })}>{other === "list" ? "Show as a list" : "Show covers"}</a>
      </p>
      {asked.view === "list" ? <BookTable books={books} /> : <BookGrid books={books} />}
    </>
  );
}

interface NoteProps {
  readonly who: User;
  readonly context: WebContext;
}

/** What the owner has to know of the folder of books, when there is something. */
function FolderNote({ who, context: { scanner } }: NoteProps) {
  if (who.role !== "admin") return null;
  const { isRunning, done, total, error } = scanner.state();
  const problems = scanner.problems().length;
  if (error !== undefined && !isRunning)
    return (
      <p class="error">
        The folder of books could not be read: what stands here is how it was. <a href="/folder">What to do</a>
      </p>
    );
  if (!isRunning && problems === 0) return null;
  return (
    <p class="note">
      {isRunning ? `Looking through the folder of books: ${done} of ${countWords(total, "new file")}. ` : ""}
      {problems > 0 ? `${countWords(problems, "file")} could not be read. ` : ""}
      <a href="/folder">Details</a>
    </p>
  );
}

function NoBooks({ asked, who, context: { booksDir, store } }: NoteProps & { readonly asked: Asked }) {
  const nothing: Asked = { ...askedNothing, view: asked.view };
  if (store.browse.count(who, wishOf(nothing, store.shelves, who.id)) > 0)
    return (
      <p>
        {asked.status === "missing"
          ? "No book is missing: every file that Shelf knows is where it was."
          : "No book is like that. Try fewer words, or another status."}{" "}
        <a href="/books">Show all books</a>
      </p>
    );
  if (who.role !== "admin") return <p>No books yet. The owner of the library can copy some into its folder.</p>;
  return (
    <p>
      No books yet. Copy some into <code>{booksDir ?? "the folder of books"}</code>, and they appear here: EPUB, PDF,
      CBZ, CBR, MOBI, AZW3, FB2 or DjVu, in folders as you like. <a href="/folder">Look now</a>
    </p>
  );
}

const askedNothing: Asked = {
  q: "",
  author: "",
  series: "",
  status: "",
  shelf: "",
  sort: "title",
  view: "covers",
  page: 1,
};
