import { sdrOptionsOf } from "../../core/sdr-settings";
import { hashes, partialMd5 } from "../../koreader/hashes";
import { json } from "../../koreader/json";
import { SdrSpoolFolder } from "../../koreader/sdr-spool";
import { annotationEdits, keyChanges, sidecarFiles, sidecarFinder, stampOf } from "../../koreader/sidecars/sidecars";
import { sdrStore } from "../../koreader/store/sdr-store";
import { part } from "../../parts";
import type { Workers } from "../../ports/workers";
import { Errands } from "../errands";
import type { Runtime } from "../runtime";
import { Notebook } from "./notebook";
import { OwnDevice } from "./own-device";
import type { SdrTools, WatchedBook } from "./tools";
import { Urgent } from "./urgent";

/** A first sync of a large library over a slow line; whatever it did not come to, the next one does. */
const LONGEST_EXCHANGE = 3600;

function makeWorkers({ clock, scheduler }: Runtime): () => Workers {
  let workers: Workers | undefined;
  return () => {
    workers ??= new (part("koreader/workers").ForkedWorkers)({ clock, scheduler, json });
    return workers;
  };
}

function chosenKeys(runtime: Runtime): Record<string, true> {
  const chosen: Record<string, true> = {};
  for (const key of sdrOptionsOf(optionsIn(runtime)).screenKeys) chosen[key] = true;
  return chosen;
}

/** What the reader chose; a hand may have made anything of it. */
export function optionsIn({ settings }: Pick<Runtime, "settings">): Readonly<Record<string, unknown>> {
  const options = settings.sdrFields()["options"];
  return type(options) === "table" ? (options as Record<string, unknown>) : {};
}

/** Everything that a run is made of. */
export function makeTools(
  runtime: Runtime,
  openBook: (this: void) => (WatchedBook & { readonly isPutting: boolean }) | undefined,
  mayDeliver: (this: void) => boolean,
): SdrTools {
  const { clock, random, settings } = runtime;
  const notebook = new Notebook(sdrStore());
  const urgent = new Urgent(runtime.scheduler);
  const slices = { clock, scheduler: urgent };
  return {
    notebook,
    device: new OwnDevice(notebook, clock, random),
    json,
    sha256: text => hashes.sha256(text),
    digestOf: file => partialMd5(file),
    now: () => clock.epoch(),
    chosen: chosenKeys(runtime),
    files: sidecarFiles,
    finder: sidecarFinder,
    keyChanges: (before, after) => keyChanges(before, after),
    annotationEdits: (before, after) => annotationEdits(before, after),
    stampOf: sighting => stampOf(sighting),
    slices,
    urgent,
    spool: new SdrSpoolFolder(),
    line: new Errands(makeWorkers(runtime), runtime.log, LONGEST_EXCHANGE),
    label: () => settings.deviceName(),
    openFile: () => openBook()?.file,
    openBook: () => (openBook()?.isPutting === true ? undefined : openBook()),
    mayDeliver: () => mayDeliver(),
  };
}
