import { part } from "../parts";
import type { RunningSdr, Runtime } from "./runtime";

/** The sync of highlights, loaded when a folder for it was chosen. */
export function sdr(runtime: Runtime): RunningSdr | undefined {
  if (runtime.sdr !== undefined) return runtime.sdr;
  return type(runtime.settings.sdrFields()["target"]) === "table" ? part("app/sdr-work").sdrOf(runtime) : undefined;
}
