import type { Shown } from "../../store/browse";
import type { User } from "../../store/users";
import { BookGrid, BookTable } from "../books/lists";
import { FolderNote, NoBooks } from "../books/notes";
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
