import type { SeriesCount } from "../../store/browse";
import type { User } from "../../store/users";
import { Pager } from "../books/pager";
import { booksPath } from "../books/wish";
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
            <SeriesTable series={series} />
          )}
          <Pager page={page} pages={pages} pathOf={to => `/series?page=${to}`} />
        </>,
      );
    }),
  ];
}

function SeriesTable({ series }: { readonly series: readonly SeriesCount[] }) {
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Series</th>
          <th scope="col">Author</th>
          <th scope="col" class="number">
            Books
          </th>
          <th scope="col" class="number">
            Read
          </th>
        </tr>
      </thead>
      <tbody>
        {series.map(({ name, author, count, read }) => (
          <tr key={name}>
            <th scope="row">
              <a href={booksPath({ series: name, sort: "series" })}>{name}</a>
            </th>
            <td data-label="Author">{author ?? "–"}</td>
            <td class="number" data-label="Books">
              {count}
            </td>
            <td class="number" data-label="Read">
              {read === count ? `all ${countWords(count, "book")}` : read}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
