import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import util = require("util");
import type { Failure } from "../../core/failure";
import { guarded } from "../../guard";
import type { Cancel } from "../../ports/scheduler";
import type { SdrChange, SdrPreview } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { choose, say } from "../say";
import { bookRows } from "./book-changes";
import { showList } from "./list";
import { ProgressPopup } from "./popup";
import type { SdrPorts } from "./ports";
import { countWords, shortCounts } from "./words";

const T = ffiUtil.template;

interface AfterPreview {
  apply(this: void): void;
  failed(this: void, failure: Failure): void;
}

/** Looks what a sync would change, and changes nothing before the reader says so. */
export function showPreview(ports: SdrPorts, after: AfterPreview): void {
  const isFirst = ports.sdr.status().state.kind === "preview";
  let cancel: Cancel | undefined;
  let isOver = false;
  const popup = new ProgressPopup(ports.sdr, {
    cancel: () => {
      isOver = true;
      cancel?.();
    },
  });
  popup.show();
  cancel = ports.sdr.preview(preview => {
    if (isOver) return;
    isOver = true;
    popup.close();
    if (preview.ok) summarize(preview.value, isFirst, after);
    else after.failed(preview.failure);
  });
}

function summarize(preview: SdrPreview, isFirst: boolean, after: AfterPreview): void {
  if (preview.books.length > 0) return showSummary(preview, isFirst, after);
  if (!isFirst) return say(_("Nothing would change: your devices are in step."));
  const text = _("Nothing would change: what is here and what your other devices have is the same. Begin to sync?");
  choose(text, { text: _("Begin"), action: () => after.apply() }, { text: _("Not yet"), action: () => {} });
}

function showSummary(preview: SdrPreview, isFirst: boolean, after: AfterPreview): void {
  const button = (text: string, action: () => void, stays = false): KOReader.Button => ({
    text,
    callback: guarded(() => {
      if (!stays) UIManager.close(dialog);
      action();
    }),
  });
  const count = preview.books.length + preview.others;
  const dialog = ButtonDialog.new({
    title: summaryWords(preview, isFirst),
    width_factor: 0.9,
    buttons: [
      [button(T(_.ngettext("Show the book…", "Show the %1 books…", count), count), () => showBooks(preview), true)],
      [{ ...button(_("Cancel"), () => {}), id: "close" }, button(_("Apply"), () => after.apply())],
    ],
  });
  UIManager.show(dialog);
}

function summaryWords({ books, others, bytes }: SdrPreview, isFirst: boolean): string {
  const all = (way: "incoming" | "outgoing") => books.reduce<SdrChange[]>((list, book) => list.concat(book[way]), []);
  const lines = [
    T(_("From your other devices to this one: %1."), countWords(all("incoming"))),
    T(_("From this device to the others: %1."), countWords(all("outgoing"))),
  ];
  if (others > 0)
    lines.push(T(_.ngettext("1 more book is not counted.", "%1 more books are not counted.", others), others));
  if (bytes > 0) lines.push(T(_("To be fetched: %1."), util.getFriendlySize(bytes)));
  const head = isFirst
    ? _("The first sync of this device. It deletes nothing, and nothing has been changed yet.")
    : _("What a sync would change. Nothing has been changed yet.");
  return `${head}\n\n${lines.join("\n")}`;
}

function showBooks({ books, others }: SdrPreview): void {
  const more = T(_.ngettext("and 1 more book", "and %1 more books", others), others);
  showList({
    title: _("What would change"),
    rows: () => bookRows(books, book => shortCounts(book)).concat(others > 0 ? [{ text: more, dim: true }] : []),
  });
}
