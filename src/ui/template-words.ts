import ffiUtil = require("ffi/util");
import { bookPath, pathText } from "../core/book-path";
import type { CatalogueBook } from "../core/catalogue";
import { parseTemplate, type PathTemplate, type TemplateProblem } from "../core/path-template";
import { _ } from "./gettext";

const T = ffiUtil.template;

const VOLUME: CatalogueBook = {
  remoteId: "1",
  title: "Within a Budding Grove",
  author: "Marcel Proust",
  series: "In Search of Lost Time",
  volume: 2,
  bookType: "book",
  files: [],
};
const ALONE: CatalogueBook = { remoteId: "2", title: "Emma", author: "Jane Austen", bookType: "book", files: [] };

/** What a template makes of a volume of a series and of a book by itself, or what is wrong with it. */
export function previewOf(typed: string): string {
  const parsed = parseTemplate(typed);
  if (!parsed.ok) return problemText(parsed.failure);
  return `${sample(parsed.value, VOLUME)}\n${sample(parsed.value, ALONE)}`;
}

function sample(template: PathTemplate, book: CatalogueBook): string {
  return `→ ${pathText(bookPath(template, book, "epub"))}`;
}

export function problemText(problem: TemplateProblem): string {
  switch (problem.kind) {
    case "empty":
      return _("Nothing stands here yet: {title} is enough.");
    case "no-token":
      return _("All books would have this same name. {title} makes them differ.");
    case "too-long":
      return _("That is too long: 200 letters at most.");
    case "too-deep":
      return _("Those are too many folders: seven at most.");
    case "unopened":
      return _("A } has no { before it.");
    case "unclosed":
      return T(_("Not closed: %1"), problem.token);
    case "unknown-token":
      return T(
        _("%1 stands for nothing. There are {title}, {author}, {series}, {volume} and {book_type}."),
        problem.token,
      );
    case "unknown-change":
      return T(_("%1 cannot be done. There are {Lower(title)} and {Upper(title)}."), problem.token);
    case "bad-digits":
      return T(_("%1: only a volume has digits, as many as zeros: {volume:00}"), problem.token);
  }
}

export function templateHelp(): string {
  return _(
    "These words stand for what your library says of a book:\n\n{title}\n{author}\n{series}\n{volume}, {volume:00} for 02\n{book_type}: book, manga, comic …\n\n{Lower(title)} and {Upper(title)} change the letters.\n\nA / makes a folder. What a book does not have is left out, with the blank, dash or comma beside it.",
  );
}
