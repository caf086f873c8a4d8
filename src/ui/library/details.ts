import ffiUtil = require("ffi/util");
import type { BookDetails, CatalogueBook } from "../../core/catalogue";
import type { Failure } from "../../core/failure";
import type { Result } from "../../core/result";
import type { Cancel } from "../../ports/scheduler";
import { _ } from "../gettext";
import { DetailsPage, type PageContent } from "./details-page";
import { detailLines } from "./details-words";
import { shortTrouble } from "./list-words";
import type { Library } from "./library";

const T = ffiUtil.template;

/**
 * One book, with what the list knows of it at once, and what its server tells besides as soon as it is there. The buttons stand
 * still meanwhile. `file`: where it is on this device.
 */
export function showDetails(
  library: Library,
  book: CatalogueBook,
  file: string | undefined,
  buttons: (close: () => void) => KOReader.Button[][],
): void {
  const { ports, connection } = library;
  const works: Cancel[] = [];
  const page = new DetailsPage(book.title, buttons, () => {
    works.forEach(cancel => {
      cancel();
    });
  });
  let shown: PageContent = { lines: detailLines(book, file), description: "" };
  const show = (more: Partial<PageContent>) => {
    shown = { ...shown, ...more };
    page.show(shown);
  };
  const learn = (details: Result<BookDetails, Failure>) => {
    if (!details.ok) return show({ description: withoutDescription(details.failure, connection.name) });
    show({ lines: detailLines(details.value, file), description: details.value.description ?? _("No description.") });
  };
  show({ description: _("Asking for the description…") });
  works.push(
    ports.browse.details(connection.id, book, details => {
      learn(details);
    }),
  );
  if (!ports.overview.preferences().covers) return;
  works.push(
    ports.browse.covers(connection.id, [book.remoteId], (_remoteId, cover) => {
      show({ cover });
    }),
  );
}

function withoutDescription(failure: Failure, library: string): string {
  if (failure.reason === "unsupported") return T(_("%1 tells no more of its books."), library);
  return T(_("There is no description: %1."), shortTrouble(failure, library));
}
