import { type DeviceId, type Hlc, NEVER, readHeader, readSegmentName } from "../../core/sdr/index";
import { sorted } from "../../core/order";
import type { Breathe } from "../../koreader/sidecars/slices";
import { MADE } from "./compact";
import type { Renaming } from "./rename";
import { RenamingBooks, TakingBack } from "./renaming";
import type { RunCourse } from "./run-course";
import type { SdrTools } from "./tools";

/** Who we were, who we are, the clock of the last file that was published under the old name, and where. */
const RENAMING = "renaming";

interface Begun extends Renaming {
  readonly target: string;
}

function begun({ notebook }: SdrTools): Begun | undefined {
  const [from, to, after, target] = string.match(notebook.getRaw(RENAMING) ?? "", "^([^|]*)|([^|]*)|([^|]*)|(.*)$");
  if (from === undefined || to === undefined || after === undefined || target === undefined) return undefined;
  return { from: from as DeviceId, to: to as DeviceId, after: after as Hlc, target };
}

const isBy = (name: string, device: DeviceId): boolean => readSegmentName(name)?.device === device;

/** The clock of the newest file that the folder has of us: no older one has a later clock. */
function lastPublished({ notebook }: SdrTools, target: string, breathe: Breathe): Hlc {
  const { segments } = notebook.store;
  const unsent = new LuaSet<string>();
  for (const name of segments.unsent(target)) unsent.add(name);
  const seqOf = (name: string): number => readSegmentName(name)?.seq ?? 0;
  const sent = segments.names().filter(name => !unsent.has(name));
  for (const name of sorted(sent, (a, b) => seqOf(a) > seqOf(b))) {
    const header = readHeader(segments.content(name) ?? "");
    if (header.ok) return header.value.hlc;
    breathe();
  }
  return NEVER;
}

/**
 * A copy of our folder lives on another device and writes under our name: we take a new one. From this moment nothing may be sent or
 * joined before `finishRenaming` is through, in this run or in a later one.
 */
export function becomeAnother(tools: SdrTools, target: string, breathe: Breathe): void {
  const { notebook, device } = tools;
  const after = lastPublished(tools, target, breathe);
  const { from, to } = device.becomeAnother();
  notebook.setRaw(RENAMING, `${from}|${to}|${after}|${target}`);
  notebook.flush();
}

/**
 * Gives the new name what was not published under the old one. What both published before stays as it is; the other's files are
 * another device's from now on. Nothing to do as a rule.
 */
export function finishRenaming(course: RunCourse, next: () => void): void {
  const { tools, steps, fail } = course;
  const renaming = begun(tools);
  if (renaming === undefined) return next();
  const { segments } = tools.notebook.store;
  const waiting = segments.unsent(renaming.target).filter(name => isBy(name, renaming.from));
  const takenBack = (): void => {
    if (segments.unsent(renaming.target).some(name => isBy(name, renaming.from))) return fail(TORN);
    const books = new RenamingBooks(tools, renaming);
    const through = (): void => {
      if (!books.isThrough()) return fail(TORN);
      steps.then(breathe => {
        forgetOld(tools, renaming, breathe);
      }, next);
    };
    steps.afar(() => books, through);
  };
  steps.afar(() => new TakingBack(tools, waiting), takenBack);
}

/** The next run goes on. */
const TORN = { reason: "conflict", detail: "books were changed while this device took another name" } as const;

/** The files of the old name are nobody's to look after: whoever has them has them. */
function forgetOld({ notebook }: SdrTools, { from, target }: Begun, breathe: Breathe): void {
  for (const name of notebook.store.segments.names().filter(each => isBy(each, from))) {
    notebook.set("replaced", name, undefined);
    notebook.also(() => {
      notebook.store.spool.markSeen(target, name);
      notebook.store.segments.drop(name);
    });
    notebook.flush();
    breathe();
  }
  notebook.setRaw(MADE, undefined);
  notebook.setRaw(RENAMING, undefined);
  notebook.flush();
}
