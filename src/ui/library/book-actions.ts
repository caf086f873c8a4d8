import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import type { CatalogueBook, ReadState } from "../../core/catalogue";
import type { Failure } from "../../core/failure";
import type { Result } from "../../core/result";
import { guarded } from "../../guard";
import { asking } from "../asking";
import { _ } from "../gettext";
import { mention, say } from "../say";
import ffiUtil = require("ffi/util");
import { showDetails } from "./details";
import { fileWords } from "./details-words";
import { fetchBook } from "./fetching";
import { failureWords } from "./list-words";
import type { Library } from "./library";
import type { Screen } from "./screen";
import { fetchFromHere, fetchSeries } from "./series";

const T = ffiUtil.template;

/** Where a book was tapped, which may have to be drawn again. */
export interface Place {
  changed(): void;
}

/** All that can be done with a book, as rows of buttons; every one of them ends with `close` first. */
function bookButtons(
  library: Library,
  screen: Screen,
  place: Place,
  book: CatalogueBook,
  close: () => void,
): KOReader.Button[][] {
  const button = (text: string, act: () => void): KOReader.Button => ({
    text,
    callback: guarded(() => {
      close();
      act();
    }),
  });
  const rows = [firstRow(library, screen, place, book, button)];
  if (book.series !== undefined) {
    rows.push([
      button(_("Series from here on…"), () => {
        fetchFromHere(library, book);
      }),
      button(_("Whole series…"), () => {
        fetchSeries(library, book);
      }),
    ]);
  }
  const rare = rareRow(library, screen, book, button);
  if (rare.length > 0) rows.push(rare);
  return rows;
}

type MakeButton = (text: string, act: () => void) => KOReader.Button;

function fileHere({ ports, connection }: Library, { remoteId }: CatalogueBook): string | undefined {
  return ports.browse.onDevice(connection.id, [remoteId]).get(remoteId)?.file;
}

function firstRow(
  library: Library,
  screen: Screen,
  place: Place,
  book: CatalogueBook,
  button: MakeButton,
): KOReader.Button[] {
  const file = fileHere(library, book);
  const isRead = book.state === "read";
  const first =
    file === undefined
      ? button(_("Download"), () => {
          fetchBook(library, book);
        })
      : button(_("Read"), () => {
          screen.close();
          library.ports.bookFiles.open(file);
        });
  const mark = button(isRead ? _("Mark as not read") : _("Mark as read"), () => {
    markBook(library, place, book, isRead ? "unread" : "read");
  });
  return [first, mark];
}

function rareRow(library: Library, screen: Screen, book: CatalogueBook, button: MakeButton): KOReader.Button[] {
  const file = fileHere(library, book);
  const row: KOReader.Button[] = [];
  if (file !== undefined) {
    row.push(
      button(_("Show in folder"), () => {
        screen.close();
        library.ports.bookFiles.showInFolder(file);
      }),
    );
  }
  if (book.files.length > 1) {
    row.push(
      button(_("Other format…"), () => {
        chooseFormat(library, book);
      }),
    );
  }
  return row;
}

/** Which of its files, for this once. */
function chooseFormat(library: Library, book: CatalogueBook): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const dialog = ButtonDialog.new({
    title: T(_("Download “%1” as"), book.title),
    buttons: book.files.map(file => [
      {
        text: fileWords(file),
        callback: guarded(() => {
          close();
          fetchBook(library, book, file);
        }),
      },
    ]),
  });
  UIManager.show(dialog);
}

function markBook({ ports, connection }: Library, place: Place, book: CatalogueBook, state: ReadState): void {
  const { id, name } = connection;
  asking<Result<true, Failure>>(
    T(_("Telling %1…"), name),
    done => ports.browse.mark(id, book.remoteId, state, done),
    marked => {
      if (!marked.ok) return say(failureWords(marked.failure, name));
      mention(state === "read" ? _("Marked as read.") : _("Marked as not read."));
      place.changed();
    },
  );
}

/** A long press: what can be done, without the details. */
export function holdBook(library: Library, screen: Screen, place: Place, book: CatalogueBook): void {
  const close = () => {
    UIManager.close(dialog);
  };
  const details: KOReader.Button = {
    text: _("Details…"),
    callback: guarded(() => {
      close();
      showBook(library, screen, place, book);
    }),
  };
  const dialog = ButtonDialog.new({
    title: book.title,
    title_align: "center",
    buttons: bookButtons(library, screen, place, book, close).concat([[details]]),
  });
  UIManager.show(dialog);
}

/** A tap: all that is known of the book, and what can be done. */
export function showBook(library: Library, screen: Screen, place: Place, book: CatalogueBook): void {
  showDetails(library, book, fileHere(library, book), close => bookButtons(library, screen, place, book, close));
}
