import ffiUtil = require("ffi/util");
import ButtonDialog = require("ui/widget/buttondialog");
import TextViewer = require("ui/widget/textviewer");
import UIManager = require("ui/uimanager");
import { compareVersions } from "../../core/release";
import type { Failure } from "../../core/failure";
import type { Result } from "../../core/result";
import { guarded } from "../../guard";
import type { Looked, Offer, Updates } from "../../ports/updates";
import { asking } from "../asking";
import { _ } from "../gettext";
import { say } from "../say";
import { askForAddress } from "./address";
import { fetching } from "./fetching";
import { failedWords, nothingWords, stateWords } from "./words";

const T = ffiUtil.template;

/** Which version runs, which could, and what a tap does about it. */
export function showUpdates(updates: Updates): void {
  new Screen(updates).show();
}

class Screen {
  private dialog: KOReader.ButtonDialog | undefined;

  constructor(private readonly updates: Updates) {}

  show(): void {
    const { updates } = this;
    const offer = updates.offer();
    this.dialog = ButtonDialog.new({
      title: stateWords(updates.here(), offer),
      width_factor: 0.9,
      buttons: this.offerRows(offer).concat(this.versionRows(), this.settingRows(), [[this.closes(_("Close"))]]),
    });
    UIManager.show(this.dialog);
  }

  private offerRows(offer: Offer | undefined): KOReader.Button[][] {
    if (offer === undefined) return [[this.button(_("Look for an update"), () => this.look())]];
    const rows: KOReader.Button[][] = [];
    if (!offer.needsHand) rows.push([this.button(T(_("Install %1"), offer.version), () => this.install(offer))]);
    const notes = { text: _("What is new"), callback: guarded(() => showNotes(offer)) };
    if (offer.notes !== "") rows.push([notes]);
    return rows.concat([[this.button(_("Look again"), () => this.look())]]);
  }

  private versionRows(): KOReader.Button[][] {
    const { running, next, other, failed } = this.updates.here();
    const rows: KOReader.Button[][] = [];
    if (next !== undefined) {
      rows.push([this.button(_("Restart KOReader"), () => askForRestart(next))]);
      rows.push([this.button(T(_("Stay with %1"), running), () => this.changed(this.updates.stay()))]);
    }
    if (other !== undefined) rows.push([this.button(changeWords(other, running), () => this.change("other", other))]);
    if (failed !== undefined) {
      rows.push([this.button(T(_("Try %1 again"), failed.version), () => this.change("failed", failed.version))]);
    }
    return rows;
  }

  private settingRows(): KOReader.Button[][] {
    const { byItself, address } = this.updates.settings();
    const flip = () => {
      this.updates.save({ byItself: !byItself });
      this.show();
    };
    const change = () => {
      askForAddress(this.updates, () => {
        this.show();
      });
    };
    const words = byItself ? _("Looks by itself, once a day: yes") : _("Looks by itself, once a day: no");
    const place = address === "" ? _("Release address: none") : T(_("Release address: %1"), address);
    return [[this.button(words, flip)], [this.button(place, change)]];
  }

  private look(): void {
    asking<Looked>(
      _("Looking for a newer Ribbon…"),
      done => this.updates.look(done),
      looked => {
        if (looked.offer === undefined) say(nothingWords(looked, this.updates.here().running));
        else this.show();
      },
    );
  }

  private install(offer: Offer): void {
    fetching(this.updates, offer, result => {
      if (result.ok) askForRestart(offer.version);
      else say(failedWords(result.failure, offer.from));
    });
  }

  private change(to: "other" | "failed", version: string): void {
    const changed = this.updates.change(to);
    if (changed.ok) askForRestart(version);
    else say(failedWords(changed.failure, version));
  }

  private changed(result: Result<true, Failure>): void {
    if (result.ok) this.show();
    else say(failedWords(result.failure, ""));
  }

  private closes(text: string): KOReader.Button {
    return { ...this.button(text, () => {}), id: "close" };
  }

  /** The dialog goes first: what follows shows another, or this one anew. */
  private button(text: string, action: () => void): KOReader.Button {
    return {
      text,
      callback: guarded(() => {
        if (this.dialog !== undefined) UIManager.close(this.dialog);
        action();
      }),
    };
  }
}

const changeWords = (other: string, running: string): string =>
  compareVersions(other, running) < 0 ? T(_("Go back to %1"), other) : T(_("Take %1 again"), other);

/** KOReader's own question, with “later” among its answers. */
function askForRestart(version: string): void {
  UIManager.askForRestart(T(_("Ribbon %1 takes over when KOReader starts again."), version));
}

function showNotes({ version, notes }: Offer): void {
  UIManager.show(TextViewer.new({ title: T(_("What is new in %1"), version), text: notes }));
}
