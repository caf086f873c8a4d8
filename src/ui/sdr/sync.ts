import ffiUtil = require("ffi/util");
import type { Failure } from "../../core/failure";
import type { SdrRefusal, SdrRun, SdrStatus } from "../../ports/sdr-sync";
import { _ } from "../gettext";
import { mention, say } from "../say";
import { askAboutEmptied } from "./emptied";
import { explainFailure } from "./failure";
import { askAboutHeld } from "./held";
import { watchRun } from "./popup";
import type { SdrPorts } from "./ports";
import { showPreview } from "./preview";
import { setUp } from "./set-up";
import { offerStaged } from "./staged";

const T = ffiUtil.template;

/** Syncs and shows how it goes; asks first for whatever is missing. */
export function syncHighlights(ports: SdrPorts): void {
  follow(ports, ports.sdr.syncNow());
}

/** What a tap led to, shown from here to its end. */
function follow(ports: SdrPorts, refusal: SdrRefusal | undefined): void {
  switch (refusal) {
    case undefined:
    case "running":
      return watchRun(ports.sdr, status => {
        afterRun(ports, status);
      });
    case "off":
      return setUp(ports, () => {
        syncHighlights(ports);
      });
    case "offline":
      return say(_("There is no network. Your highlights are safe here, and synced with the next connection."));
    case "preview":
      return previewChanges(ports);
    case "emptied":
      return decideAboutEmptied(ports);
    case "disk":
      return afterRun(ports, ports.sdr.status());
  }
}

/** What would change; nothing does before the reader says so. */
export function previewChanges(ports: SdrPorts): void {
  showPreview(ports, {
    apply: () => {
      follow(ports, ports.sdr.applyPreview());
    },
    failed: failure => {
      if (ports.sdr.status().state.kind === "emptied") decideAboutEmptied(ports);
      else if (failure.reason !== "cancelled") explain(ports, failure);
    },
  });
}

export function decideAboutEmptied(ports: SdrPorts): void {
  askAboutEmptied(ports, {
    chooseAnother: () => {
      chooseAnother(ports);
    },
    publishAgain: () => {
      follow(ports, ports.sdr.publishAgain());
    },
  });
}

/** Another folder, and a sync through it. */
export function chooseAnother(ports: SdrPorts): void {
  setUp(ports, () => {
    syncHighlights(ports);
  });
}

/** What went wrong, and the way to another folder or password. */
export function explain(ports: SdrPorts, failure: Failure): void {
  explainFailure(ports, failure, ports.sdr.status().target, () => {
    chooseAnother(ports);
  });
}

function afterRun(ports: SdrPorts, { state, held }: SdrStatus): void {
  switch (state.kind) {
    case "preview":
      return previewChanges(ports);
    case "emptied":
      return decideAboutEmptied(ports);
    case "waiting":
    case "stopped":
      return explain(ports, state.failure);
    case "idle":
    case "off":
    case "running":
      break;
  }
  const [run] = ports.sdr.history(1);
  if (run !== undefined) mention(runWords(run));
  if (offerStaged(ports)) return;
  if (held > 0) askAboutHeld(ports, () => {});
}

function runWords({ books, others, failure }: SdrRun): string {
  if (failure?.reason === "cancelled") return _("Stopped. What was done stays done; the next sync goes on.");
  const come = books.reduce((sum, { incoming }) => sum + incoming.length, others?.incoming ?? 0);
  const go = books.reduce((sum, { outgoing }) => sum + outgoing.length, others?.outgoing ?? 0);
  if (come + go === 0) return _("Your devices are in step.");
  const parts: string[] = [];
  if (come > 0) parts.push(T(_.ngettext("1 change came", "%1 changes came", come), come));
  if (go > 0) parts.push(T(_.ngettext("1 went out", "%1 went out", go), go));
  return T(_("%1. Your devices are in step."), parts.join(_(", ")));
}
