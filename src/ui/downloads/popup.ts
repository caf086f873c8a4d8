import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import time = require("ui/time");
import { guarded } from "../../guard";
import type { DownloadProgress } from "../../ports/downloads";
import type { Cancel } from "../../ports/scheduler";
import { _ } from "../gettext";
import { mention, say } from "../say";
import { showEnd } from "./end";
import type { DownloadPorts } from "./ports";
import { progressWords } from "./words";

/** A title that changes is drawn anew with all that is below it: an e-ink screen needs its time for that. */
const DRAW_SECONDS = 1;

/** What is on its way, as it comes; what became of it, when all is over. */
export function showDownloads(ports: DownloadPorts): void {
  const { downloads } = ports;
  const { done, skipped, failed, asking } = downloads.summary();
  if (downloads.count() > asking.length) return new Popup(ports).show();
  if (done.length + skipped.length + failed.length + asking.length > 0) return showEnd(ports, showDownloads);
  say(_("Nothing is being downloaded.\n\nBooks that you download from a library are shown here while they come."));
}

class Popup {
  private dialog: KOReader.ButtonDialog | undefined;
  private text = "";
  private latest = "";
  /** It will be drawn in a moment. */
  private isDue = false;
  private drawnAt: KOReader.Fts | undefined;
  private stop: Cancel | undefined;
  private isGone = false;

  constructor(private readonly ports: DownloadPorts) {}

  show(): void {
    this.ports.downloads.setWatched(true);
    this.dialog = ButtonDialog.new({
      title: _("Downloading…"),
      title_align: "center",
      width_factor: 0.8,
      buttons: [
        [
          {
            text: _("Cancel"),
            callback: guarded(() => {
              this.cancel();
            }),
          },
          {
            text: _("In the background"),
            callback: guarded(() => {
              this.leave();
            }),
          },
        ],
      ],
      tap_close_callback: guarded(() => {
        this.gone();
        this.promise();
      }),
    });
    UIManager.show(this.dialog);
    this.stop = this.ports.downloads.watch(progress => {
      this.changed(progress);
    });
    // All may be over by now.
    if (this.isGone) this.stop();
  }

  private changed(progress: DownloadProgress): void {
    if (progress.isOver) return this.over();
    this.latest = progressWords(progress);
    this.draw();
  }

  private draw(): void {
    if (this.latest === this.text || this.dialog === undefined) return;
    const passed = this.drawnAt === undefined ? DRAW_SECONDS : time.to_number(time.since(this.drawnAt));
    if (passed < DRAW_SECONDS) return this.drawLater(DRAW_SECONDS - passed);
    this.text = this.latest;
    this.drawnAt = time.now();
    this.dialog.setTitle(this.text);
  }

  /** It may be the last that is told for a long time: that there is no network, for instance. */
  private drawLater(pause: number): void {
    if (this.isDue) return;
    this.isDue = true;
    UIManager.scheduleIn(
      pause,
      guarded(() => {
        this.isDue = false;
        this.draw();
      }),
    );
  }

  private cancel(): void {
    this.close();
    const { done } = this.ports.downloads.summary();
    this.ports.downloads.cancel();
    const text = _.ngettext("Cancelled. 1 book is here already.", "Cancelled. %1 books are here already.", done.length);
    mention(done.length === 0 ? _("Cancelled.") : ffiUtil.template(text, done.length));
  }

  private leave(): void {
    this.close();
    this.promise();
  }

  private promise(): void {
    mention(_("It goes on in the background, and says when it is done."));
  }

  private over(): void {
    this.close();
    showEnd(this.ports, showDownloads);
  }

  private close(): void {
    if (this.dialog !== undefined) UIManager.close(this.dialog);
    this.gone();
  }

  private gone(): void {
    this.stop?.();
    this.isGone = true;
    this.dialog = undefined;
    this.ports.downloads.setWatched(false);
  }
}
