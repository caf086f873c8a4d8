import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import { guarded } from "../../guard";
import { _ } from "../gettext";
import { say } from "../say";
import { allBooksOf, fetchBooks } from "./fetching";
import type { ListLevel } from "./list-level";
import { bookCount } from "./rows";
import type { Screen } from "./screen";
import { askForWords } from "./search";
import type { Mesh } from "./sieve";

const T = ffiUtil.template;

interface Choice {
  readonly text: string;
  readonly isOn?: boolean;
  act(): void;
}

/** What can be done with a list as a whole, or with the books that were ticked off. */
export function showListMenu(level: ListLevel, screen: Screen): void {
  const choices = level.selection.isOn ? selectionChoices(level, screen) : listChoices(level, screen);
  const dialog = ButtonDialog.new({
    buttons: choices.map(({ text, isOn, act }) => [
      {
        text,
        checked_func: () => isOn === true,
        callback: guarded(() => {
          UIManager.close(dialog);
          act();
        }),
      },
    ]),
  });
  UIManager.show(dialog);
}

function listChoices(level: ListLevel, screen: Screen): Choice[] {
  const isOfBooks = level.list.kind !== "series" && level.list.kind !== "authors" && level.list.kind !== "shelves";
  const always: Choice[] = [
    {
      text: _("Refresh"),
      act: () => {
        level.refresh(screen, true);
      },
    },
    {
      text: _("Search…"),
      act: () => {
        askForWords(level.library, list => {
          level.open(screen, list);
        });
      },
    },
  ];
  return isOfBooks ? always.concat(bookChoices(level, screen), sieveChoices(level, screen)) : always;
}

function bookChoices(level: ListLevel, screen: Screen): Choice[] {
  return [
    {
      text: _("Download all that is not here…"),
      act: () => {
        allBooksOf(level.library, level.list, books => {
          fetchBooks(level.library, books);
        });
      },
    },
    {
      text: _("Select several…"),
      act: () => {
        level.selection.begin();
        screen.setLeftIcon("check");
        screen.update(level);
      },
    },
  ];
}

const MESHES: readonly Mesh[] = ["all", "unread", "not-here"];

function sieveChoices(level: ListLevel, screen: Screen): Choice[] {
  const words: Readonly<Record<Mesh, string>> = {
    all: _("Show all"),
    unread: _("Only what is not read yet"),
    "not-here": _("Only what is not on this device"),
  };
  return MESHES.map((mesh): Choice => ({
    text: words[mesh],
    isOn: level.sieve.mesh === mesh,
    act: () => {
      level.narrow(screen, mesh);
    },
  }));
}

function selectionChoices(level: ListLevel, screen: Screen): Choice[] {
  const { selection } = level;
  return [
    {
      text: T(_("Download %1…"), bookCount(selection.size())),
      act: () => {
        if (selection.size() === 0) return say(_("Tap the books that you want first."));
        const books = selection.chosen();
        level.endSelection(screen);
        fetchBooks(level.library, books);
      },
    },
    {
      text: _("Select all on this page"),
      act: () => {
        const { first, most } = screen.visible();
        const lines = level.shownLines().lines(first, most);
        selection.add(lines.flatMap(line => (line.kind === "book" ? [line.book] : [])));
        screen.update(level);
      },
    },
    {
      text: _("Select nothing"),
      act: () => {
        selection.clear();
        screen.update(level);
      },
    },
    {
      text: _("Leave the selection"),
      act: () => {
        level.endSelection(screen);
      },
    },
  ];
}
