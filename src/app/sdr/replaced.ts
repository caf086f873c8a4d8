import { ENOUGH_SYNCS, type Replaced } from "../../core/sdr/index";
import type { Breathe } from "../../koreader/sidecars/slices";
import type { Notebook } from "./notebook";

/** Our files that newer ones replace, as they are kept: when, how many syncs ago, and by which. */
export function replacedFiles(notebook: Notebook): Replaced[] {
  return notebook.all("replaced").map(name => {
    const [at, syncs, ...by] = (notebook.get("replaced", name) ?? "").split("|");
    return { name, at: tonumber(at ?? "0") ?? 0, syncs: tonumber(syncs ?? "0") ?? 0, by };
  });
}

export function keepReplaced(notebook: Notebook, { name, at, syncs, by }: Replaced): void {
  notebook.set("replaced", name, `${at}|${syncs}|${by.join("|")}`);
}

/** A sync ended well: what replaces others is in the folder since then. */
export function countSync(notebook: Notebook, breathe: Breathe): void {
  for (const each of replacedFiles(notebook)) {
    if (each.syncs < ENOUGH_SYNCS) keepReplaced(notebook, { ...each, syncs: each.syncs + 1 });
    if (notebook.isFull()) notebook.flush();
    breathe();
  }
  notebook.flush();
}

/** The folder does not have it any more. */
export function dropReplaced(notebook: Notebook, name: string): void {
  notebook.set("replaced", name, undefined);
  notebook.also(() => {
    notebook.store.segments.drop(name);
  });
}
