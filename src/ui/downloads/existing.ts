import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import type { Download } from "../../core/download";
import { guarded } from "../../guard";
import type { ExistingChoice } from "../../ports/downloads";
import { _ } from "../gettext";
import type { DownloadPorts } from "./ports";

const T = ffiUtil.template;

/** Another file has a book's name: asks about one after another, or about all at once. Leaving it leaves it for later. */
export function askAboutFiles(ports: DownloadPorts, asking: readonly Download[], then: () => void): void {
  const [first] = asking;
  if (first === undefined) return then();
  const answer = (choice: ExistingChoice, about: readonly Download[]) => {
    UIManager.close(dialog);
    for (const { id } of about) ports.downloads.answer(id, choice);
    askAboutFiles(ports, asking.slice(about.length), then);
  };
  const button = (text: string, choice: ExistingChoice, about: readonly Download[] = [first]): KOReader.Button => ({
    text,
    callback: guarded(() => {
      answer(choice, about);
    }),
  });
  const all = [button(T(_("Skip all %1"), asking.length), "skip", asking)].concat([
    button(T(_("Keep all %1, too"), asking.length), "keep-both", asking),
  ]);
  const dialog: KOReader.Widget = ButtonDialog.new({
    title: T(
      _("A file of this name is here already:\n%1\n\nIt may or may not be “%2”. What is to be done?"),
      first.target ?? "",
      first.book.title,
    ),
    buttons: [[button(_("Skip"), "skip"), button(_("Replace"), "replace"), button(_("Keep both"), "keep-both")]].concat(
      asking.length > 1 ? [all] : [],
    ),
  });
  UIManager.show(dialog);
}
