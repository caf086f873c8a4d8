import { filesIn, removeFile, removeFolder, strangers } from "../koreader/library-folder";
import { seconds } from "../core/units";
import type { Runtime } from "./runtime";

/** Files that are removed in one go: a card of an e-reader takes its time for each. */
const SLICE = 20;

/** Removes what was seen of libraries that no connection leads to any more, a few files at a time. */
export function sweepLibraries(runtime: Runtime): void {
  const [folder] = strangers(runtime.settings.connections());
  if (folder === undefined) return;
  const files = filesIn(folder).slice(0, SLICE);
  const removed = files.filter(file => removeFile(file)).length;
  // What cannot be removed would be tried for ever.
  if (removed < files.length || (files.length === 0 && !removeFolder(folder))) return;
  runtime.scheduler.after(seconds(0), () => {
    sweepLibraries(runtime);
  });
}
