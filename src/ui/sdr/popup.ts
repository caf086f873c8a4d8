import ButtonDialog = require("ui/widget/buttondialog");
import UIManager = require("ui/uimanager");
import time = require("ui/time");
import { guarded } from "../../guard";
import type { Cancel } from "../../ports/scheduler";
import type { SdrStatus, SdrSync } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { mention } from "../say";
import { progressWords } from "./words";

/** An e-ink screen needs its time to draw a dialog anew. */
const DRAW_SECONDS = 1;
/** As long as it may take until a network is there; whoever comes later is not shown a popup out of the blue. */
const NETWORK_SECONDS = 60;

interface Buttons {
  cancel(this: void): void;
  /** Absent where it cannot go on unseen. */
  leave?(this: void): void;
}

/** What a sync is doing, as long as it does. */
export class ProgressPopup {
  private dialog: KOReader.ButtonDialog | undefined;
  private text = "";
  private drawnAt: KOReader.Fts | undefined;
  private stop: Cancel | undefined;

  constructor(
    private readonly sdr: SdrSync,
    private readonly buttons: Buttons,
    private readonly changed: (this: void, status: SdrStatus) => void = () => {},
  ) {}

  show(): void {
    const dialog = ButtonDialog.new({
      title: _("One moment…"),
      title_align: "center",
      width_factor: 0.8,
      buttons: [this.row()],
      tap_close_callback: guarded(() => {
        this.gone();
        if (this.buttons.leave === undefined) this.buttons.cancel();
        else this.buttons.leave();
      }),
    });
    this.dialog = dialog;
    UIManager.show(dialog);
    const stop = this.sdr.watch(status => {
      this.hear(status);
    });
    // It may be over by now.
    if (this.isShown()) this.stop = stop;
    else stop();
  }

  close(): void {
    if (this.dialog !== undefined) UIManager.close(this.dialog);
    this.gone();
  }

  private isShown(): boolean {
    return this.dialog !== undefined;
  }

  private row(): KOReader.Button[] {
    const button = (text: string, action: () => void): KOReader.Button => ({
      text,
      callback: guarded(() => {
        this.close();
        action();
      }),
    });
    const { leave } = this.buttons;
    const row = [button(_("Cancel"), () => this.buttons.cancel())];
    return leave === undefined ? row : row.concat([button(_("In the background"), () => leave())]);
  }

  private hear(status: SdrStatus): void {
    if (this.dialog === undefined) return;
    if (status.state.kind === "running") this.draw(progressWords(status.state.progress));
    this.changed(status);
  }

  private draw(text: string): void {
    const isFresh = this.drawnAt !== undefined && time.to_number(time.since(this.drawnAt)) < DRAW_SECONDS;
    if (text === this.text || isFresh) return;
    this.text = text;
    this.drawnAt = time.now();
    this.dialog?.setTitle(text);
  }

  private gone(): void {
    this.stop?.();
    this.stop = undefined;
    this.dialog = undefined;
  }
}

/** Shows a run that a tap asked for until it is over, unless the reader leaves it to itself. */
export function watchRun(sdr: SdrSync, over: (this: void, status: SdrStatus) => void): void {
  if (isRunning(sdr.status())) return showRun(sdr, over);
  // KOReader asks for a network first, and the reader may say no.
  let isDone = false;
  const end = guarded(() => {
    isDone = true;
    stop();
  });
  const stop = sdr.watch(status => {
    if (isDone || !isRunning(status)) return;
    UIManager.unschedule(end);
    end();
    showRun(sdr, over);
  });
  UIManager.scheduleIn(NETWORK_SECONDS, end);
}

const isRunning = ({ state }: SdrStatus): boolean => state.kind === "running";

function showRun(sdr: SdrSync, over: (this: void, status: SdrStatus) => void): void {
  const popup = new ProgressPopup(
    sdr,
    {
      cancel: () => {
        sdr.cancel();
        mention(_("Stopped. What was done stays done; the next sync goes on."));
      },
      leave: () => {
        mention(_("It goes on in the background."));
      },
    },
    status => {
      if (isRunning(status)) return;
      popup.close();
      over(status);
    },
  );
  popup.show();
}
