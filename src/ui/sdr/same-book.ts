import ffiUtil = require("ffi/util");
import type { SdrKnownBook } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { confirm, mention } from "../say";
import type { SdrPorts } from "./ports";
import { bookWords, countOfMarks, devicesWords } from "./words";

const T = ffiUtil.template;

interface Pair {
  readonly book: SdrKnownBook;
  readonly other: SdrKnownBook;
}

/** Two files that nothing but the reader knows to be one book. */
export function offerToJoin({ sdr }: SdrPorts, { book, other }: Pair, done: () => void): void {
  const [here = book] = sdr.filesOf(book.book);
  const pair = { book: { ...book, devices: here.devices }, other };
  const text = T(
    _("Are these the same book?\n\n%1\n\n%2\n\n%3\n\nYou can part them again; nothing is lost."),
    describe(pair.book),
    describe(other),
    whatHappens(pair),
  );
  confirm(text, _("The same book"), _("Cancel"), () => {
    sdr.join(book.book, other.book);
    mention(_("They are one book, from the next sync on."));
    done();
  });
}

const describe = (book: SdrKnownBook): string =>
  T(_("%1\n(%2: %3)"), bookWords(book), devicesWords(book), countOfMarks(book));

function whatHappens({ book, other }: Pair): string {
  if (book.hasPages !== undefined && other.hasPages !== undefined && book.hasPages !== other.hasPages) {
    return _("One has fixed pages: highlights stay where they were made. Reading status and rating are shared.");
  }
  const both = book.count > 0 && other.count > 0;
  if (both) return T(_("What is marked in one comes into the other as well, %1."), where(book));
  const { count } = book.count > 0 ? book : other;
  if (count === 0)
    return _("Whatever is marked in one comes into the other as well. Reading status and rating are shared.");
  const comes = _.ngettext("The highlight comes into the other file as well, %2.", "The %1 highlights come into the other file as well, %2.", count); // prettier-ignore
  return T(comes, count, where(book));
}

const where = ({ hasPages }: SdrKnownBook): string =>
  hasPages === true ? _("at the same place of the same page") : _("where its text is found");

/** A file that was taken for the same book, and is not. */
export function offerToPart({ sdr }: SdrPorts, file: SdrKnownBook, done: () => void): void {
  const text = T(
    _(
      "%1\n\nIs this another book? It keeps what was marked in it, and what came from the other file leaves it again. Nothing is deleted.",
    ),
    describe(file),
  );
  confirm(text, _("Another book"), _("Cancel"), () => {
    sdr.part(file.book);
    mention(_("They are two books, from the next sync on."));
    done();
  });
}
