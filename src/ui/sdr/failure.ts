import type { Failure } from "../../core/failure";
import type { SdrTarget } from "../../core/sdr-settings";
import { _ } from "../gettext";
import { confirm, say } from "../say";
import type { SdrPorts } from "./ports";
import { failureWords } from "./reasons";

/** What only time, or the reader's network, can mend. */
const PASSING = ["offline", "portal", "busy", "server", "conflict", "cancelled"];

/** What went wrong, and the way to the folder's settings where these may be the cause. */
export function explainFailure(
  { overview }: SdrPorts,
  failure: Failure,
  target: SdrTarget | undefined,
  change: () => void,
): void {
  const text = failureWords(failure, target, overview.now());
  const { reason, at, lacking, isOurs } = failure;
  const isHere = reason === "disk" && at === undefined && (lacking !== undefined || isOurs === true);
  if (isHere || PASSING.includes(reason)) return say(text);
  confirm(text, _("Change…"), _("Leave it"), change);
}
