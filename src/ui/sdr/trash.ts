import ffiUtil = require("ffi/util");
import { guarded } from "../../guard";
import type { SdrTrashBook, SdrTrashItem } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { confirm, mention } from "../say";
import { excerpt } from "./excerpt";
import { showList } from "./list";
import type { SdrPorts } from "./ports";
import { quoted, titleOf } from "./words";

const T = ffiUtil.template;
const LONG = 600;

/** What was deleted on any device, by book; all of it can be had back. */
export function showTrash(ports: SdrPorts): void {
  showList({
    title: _("Trash"),
    empty: _(
      "Nothing was deleted.\n\nHighlights, notes and bookmarks that you delete on any device can be put back here.",
    ),
    rows: refresh =>
      ports.sdr.trashBooks().map(book => ({
        text: titleOf(book),
        mandatory: `${book.count}`,
        callback: guarded(() => {
          showTrashOf(ports, book, refresh);
        }),
      })),
  });
}

function showTrashOf(ports: SdrPorts, book: SdrTrashBook, closed: () => void): void {
  showList({
    title: titleOf(book),
    empty: _("Nothing of this book is in the trash any more."),
    rows: refresh => {
      const items = ports.sdr.trash(book.book);
      const rows = items.map((item): KOReader.ListItem => ({
        text: quoted(item.text),
        mandatory: item.note === "" ? "" : _("with a note"),
        callback: guarded(() => {
          offer(ports, item, refresh);
        }),
      }));
      return items.length > 1 ? [allRow(ports, items, refresh)].concat(rows) : rows;
    },
    closed,
  });
}

function allRow({ sdr }: SdrPorts, items: readonly SdrTrashItem[], refresh: () => void): KOReader.ListItem {
  const count = items.length;
  const question = _("Put all %1 back? They return to every device with the next sync.");
  return {
    text: T(_("Put all %1 back…"), count),
    bold: true,
    callback: guarded(() => {
      confirm(T(question, count), _("Put back"), _("Cancel"), () => {
        restore(sdr, items, refresh);
      });
    }),
  };
}

function offer({ sdr }: SdrPorts, item: SdrTrashItem, refresh: () => void): void {
  const text = item.text === "" ? _("A page bookmark") : excerpt(item.text, LONG);
  const note = item.note === "" ? "" : `\n\n${T(_("Note: %1"), excerpt(item.note, LONG))}`;
  confirm(`${text}${note}\n\n${_("Put it back? It returns to every device.")}`, _("Put back"), _("Cancel"), () => {
    restore(sdr, [item], refresh);
  });
}

function restore(sdr: SdrPorts["sdr"], items: readonly SdrTrashItem[], refresh: () => void): void {
  sdr.restore(items);
  const count = items.length;
  mention(T(_.ngettext("1 comes back with the next sync.", "%1 come back with the next sync.", count), count));
  refresh();
}
