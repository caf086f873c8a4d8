import ffiUtil = require("ffi/util");
import UIManager = require("ui/uimanager");
import type { RemoteBook } from "../core/book";
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import type { Result } from "../core/result";
import { guarded } from "../guard";
import { asking } from "./asking";
import { _ } from "./gettext";
import { showPlainList } from "./plain-list";
import type { Ports } from "./ports";
import { confirm, mention, say } from "./say";
import { askForBookWords } from "./word-question";
import { sentence } from "./words";

const T = ffiUtil.template;

/** The reader says which book of the server the book on screen is: words, a list, a tap. */
export function matchBook(ports: Ports, connection: Connection, words: string): void {
  askForBookWords(T(_("Find this book on %1"), connection.name), words, typed => {
    searchFor(ports, connection, typed);
  });
}

function searchFor(ports: Ports, connection: Connection, words: string): void {
  const { id, name } = connection;
  asking<Result<RemoteBook[], Failure>>(
    T(_("Searching %1 for “%2”…"), name, words),
    done => ports.actions.searchServer(id, words, done),
    found => {
      if (!found.ok) return say(sentence(found.failure.reason, name));
      if (found.value.length > 0) return showFound(ports, connection, words, found.value);
      const text = T(_("%1 has no book with these words:\n“%2”\n\nFewer words find more."), name, words);
      confirm(text, _("Search again"), _("Cancel"), () => {
        matchBook(ports, connection, words);
      });
    },
  );
}

function showFound(ports: Ports, connection: Connection, words: string, books: readonly RemoteBook[]): void {
  const pick = (book: RemoteBook) => {
    UIManager.close(list);
    ports.actions.matchThisBook(connection.id, book);
    mention(T(_("Matched as “%1”."), book.title));
  };
  const rows = books.map(book => ({
    text: labelOf(book),
    mandatory: book.author ?? "",
    callback: guarded(() => {
      pick(book);
    }),
  }));
  const list = showPlainList(
    { title: _("Which one is it?"), subtitle: T(_("“%1” on %2"), words, connection.name) },
    rows,
  );
}

/** "Salt on the Window (Harbour Lights 2)" */
function labelOf({ title, series, volume }: RemoteBook): string {
  if (series === undefined) return title;
  return volume === undefined ? T(_("%1 (%2)"), title, series) : T(_("%1 (%2 %3)"), title, series, volume);
}
