import type { SeriesCount } from "../../store/browse";
import type { User } from "../../store/users";
import { Pager } from "../books/pager";
import { booksPath } from "../books/wish";
import { CardTable, type Column } from "../card-table";
import type { WebContext } from "../context";
import { reader, show, type Page, type Reply } from "../page";
import { countWords } from "../reading/words";
import type { Visit } from "../visit";

const ON_A_PAGE = 100;

/** The series, and how far one is with each. */
export function seriesPages({ store }: WebContext): Page[] {
  return [
    reader.page("/series", ({ who, query }: Visit<User>): Reply => {
      const total = store.browse.countSeries(who);
      const pages = Math.max(1, Math.ceil(total / ON_A_PAGE));
      const page = Math.min(Math.max(query.whole("page") ?? 1, 1), pages);
      const series = store.browse.series(who, { limit: ON_A_PAGE, offset: (page - 1) * ON_A_PAGE });
      return show(
        "Series",
        <>
          {total === 0 ? (
            <p>
              No book says that it belongs to a series. Shelf reads that from the books, from Calibre, and from names
              such as <em>Harbour Lights v02.cbz</em>.
            </p>
          ) : (
            <CardTable columns={COLUMNS} rows={series} keyOf={({ name }) => name} />
          )}
          <Pager page={page} pages={pages} pathOf={to => `/series?page=${to}`} />
        </>,
      );
    }),
  ];
}

const COLUMNS: readonly Column<SeriesCount>[] = [
  { head: "Series", cell: ({ name }) => <a href={booksPath({ series: name, sort: "series" })}>{name}</a> },
  { head: "Author", cell: ({ author }) => author ?? "–" },
  { head: "Books", kind: "number", cell: ({ count }) => count },
  {
    head: "Read",
    kind: "number",
    cell: ({ read, count }) => (read === count ? `all ${countWords(count, "book")}` : read),
  },
];
