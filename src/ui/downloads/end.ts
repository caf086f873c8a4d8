import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import type { Download } from "../../core/download";
import { guarded } from "../../guard";
import type { DownloadSummary } from "../../ports/downloads";
import { _ } from "../gettext";
import { showPlainList } from "../plain-list";
import { choose, say } from "../say";
import { askAboutFiles } from "./existing";
import type { DownloadPorts } from "./ports";
import { failedWords, whyFailed } from "./words";

const T = ffiUtil.template;
/** As many as fit on the smallest screen. */
const MOST_LINES = 8;

/** What became of the books that were asked for; first what only the reader can say. `watch` shows what is on its way again. */
export function showEnd(ports: DownloadPorts, watch: (ports: DownloadPorts) => void): void {
  const summary = ports.downloads.summary();
  if (summary.asking.length > 0) {
    return askAboutFiles(ports, summary.asking, () => {
      if (ports.downloads.count() > 0) watch(ports);
      else showEnd(ports, watch);
    });
  }
  const { done, skipped, failed } = summary;
  if (failed.length === 0 && done.length + skipped.length === 1) return showOne(ports, summary);
  showAll(ports, summary, watch);
}

function showOne(ports: DownloadPorts, { done, skipped }: DownloadSummary): void {
  const [here] = done.concat(skipped);
  ports.downloads.clear();
  if (here?.target === undefined) return;
  const { target } = here;
  if (here.choice === "skip") return;
  const text = done.length === 1 ? _("“%1” is on this device.") : _("“%1” was on this device already.");
  choose(
    T(text, here.book.title),
    {
      text: _("Open now"),
      action: () => {
        ports.bookFiles.open(target);
      },
    },
    { text: _("Close"), action: () => {} },
  );
}

function showAll(ports: DownloadPorts, summary: DownloadSummary, watch: (ports: DownloadPorts) => void): void {
  const close = () => {
    UIManager.close(dialog);
    // What failed stays until it is tried again.
    ports.downloads.clear();
  };
  const retry = () => {
    UIManager.close(dialog);
    ports.downloads.retryFailed();
    watch(ports);
  };
  const again = summary.failed.length === 0 ? [] : [{ text: _("Retry failed"), callback: guarded(retry) }];
  const dialog: KOReader.Widget = ButtonDialog.new({
    title: summaryWords(ports, summary),
    buttons: [
      [
        {
          text: _("Show all…"),
          callback: guarded(() => {
            showList(ports);
          }),
        },
      ],
      [{ text: _("Close"), id: "close", callback: guarded(close) } as KOReader.Button].concat(again),
    ],
    tap_close_callback: guarded(() => {
      ports.downloads.clear();
    }),
  });
  UIManager.show(dialog);
}

/** "10 books downloaded. 1 left out: it is on this device already. 1 failed: …" */
function summaryWords(ports: DownloadPorts, { done, skipped, failed }: DownloadSummary): string {
  const lines = [T(_.ngettext("1 book downloaded.", "%1 books downloaded.", done.length), done.length)];
  if (skipped.length > 0) {
    const text = _.ngettext("1 was left out.", "%1 were left out.", skipped.length);
    lines.push(T(text, skipped.length));
  }
  if (failed.length > 0) lines.push(T(_.ngettext("1 failed:", "%1 failed:", failed.length), failed.length));
  for (const each of failed.slice(0, MOST_LINES)) {
    lines.push(T(_("• %1: %2"), each.book.title, whyFailed(each, nameOf(ports, each))));
  }
  return lines.join("\n");
}

function nameOf({ overview }: DownloadPorts, { connection }: Download): string {
  return overview.connections().find(each => each.connection.id === connection)?.connection.name ?? _("the server");
}

function showList(ports: DownloadPorts): void {
  const { done, skipped, failed } = ports.downloads.summary();
  const rows = failed.concat(skipped, done).map(each => rowOf(ports, each));
  showPlainList({ title: _("Downloads") }, rows);
}

function rowOf(ports: DownloadPorts, download: Download): KOReader.ListItem {
  const name = nameOf(ports, download);
  return {
    text: download.book.title,
    mandatory: stateWords(download, name),
    bold: download.state === "failed",
    callback: guarded(() => {
      say(`${download.book.title}\n\n${explanation(download, name)}`);
    }),
  };
}

function stateWords(download: Download, name: string): string {
  switch (download.state) {
    case "done":
      return _("downloaded");
    case "skipped":
      return _("left out");
    case "failed":
      return whyFailed(download, name);
    case "waiting":
    case "running":
    case "asking":
      return _("on its way");
  }
}

function explanation(download: Download, name: string): string {
  const { state, target = "" } = download;
  if (state === "failed") return failedWords(download, name);
  if (state === "skipped" && download.choice !== "skip") return T(_("It was on this device already:\n%1"), target);
  return state === "skipped"
    ? T(_("You left it out, because of this file:\n%1"), target)
    : T(_("It is here:\n%1"), target);
}
