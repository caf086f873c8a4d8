import ffiUtil = require("ffi/util");
import TextViewer = require("ui/widget/textviewer");
import UIManager = require("ui/uimanager");
import { guarded } from "../guard";
import type { Upkeep } from "../ports/upkeep";
import { _ } from "./gettext";
import { say } from "./say";

const T = ffiUtil.template;

/** What the screen shows is what the file holds. */
interface View {
  readonly report: string;
  readonly withTitles: boolean;
  /** Where it was written to; absent while only the screen has it. */
  readonly path?: string;
}

/** Everything that helps to find out what is wrong, to be read here and posted where one asks for help. */
export function showDiagnostics(upkeep: Upkeep): void {
  show(upkeep, { withTitles: false, report: upkeep.report(false) });
}

function show(upkeep: Upkeep, { report, withTitles, path }: View): void {
  const button = (text: string, action: () => void): KOReader.Button => ({
    text,
    callback: guarded(() => {
      UIManager.close(viewer);
      action();
    }),
  });
  const write = button(path === undefined ? _("Write the file") : _("Write again"), () => {
    const newest = path === undefined ? report : upkeep.report(withTitles);
    const written = upkeep.write(newest);
    if (written === undefined) return say(_("The file could not be written. Is the storage full, or write-protected?"));
    show(upkeep, { report: newest, withTitles, path: written });
    say(T(_("The file to post is here:\n\n%1\n\nIt holds what you see on this screen."), written));
  });
  const titles = button(withTitles ? _("Without titles of books") : _("With titles of books"), () => {
    show(upkeep, { withTitles: !withTitles, report: upkeep.report(!withTitles) });
  });
  const viewer = TextViewer.new({
    title: path === undefined ? _("Diagnostics") : T(_("Diagnostics: %1"), path),
    text: report,
    justified: false,
    buttons_table: [[write, titles], [button(_("Close"), () => {})]],
  });
  UIManager.show(viewer);
}
