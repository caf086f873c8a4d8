import { readFileSync } from "node:fs";
import type { Check } from "../device";
import { DEVICE_KINDS, layoutOf } from "../layouts";
import type { Payload } from "../payload";
import type { Plan } from "../plan";

const LIBRARY = readFileSync(new URL("deploy.sh", import.meta.url), "utf8");

/** A word as a shell takes it, whatever is in it. */
function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** "$HOME/.config" as the device's shell fills it in, quoted; a variable that is not set makes a folder that is not there. */
function inShell(folder: string): string {
  const [, variable, rest = ""] = /^\$(\w+)(.*)$/.exec(folder) ?? [];
  return variable === undefined ? quote(folder) : `"\${${variable}:-/nowhere}"${quote(rest)}`;
}

/** Lists every folder of plugins, or the one that was named; ends with the answer `end`. */
export function surveyScript(folder: string | undefined): string {
  const known = DEVICE_KINDS.flatMap(kind =>
    layoutOf(kind).onDevice.map(data => `look ${kind} ${inShell(data)}/plugins`),
  );
  const named = folder === undefined ? [] : [`look other ${quote(folder)}`];
  const places = folder === undefined ? [...known, "look_at_readers"] : named;
  return [LIBRARY, "find_check", "readers=$(find_readers)", ...places, "say end", ""].join("\n");
}

/** Makes a plan true: answers `ready` when it waits for the tar file, at last `done`, and ends the shell. */
export function planScript(plan: Plan, payload: Payload | undefined): string {
  const { place, staging, repairs, removes, moves, removesAfterwards, restart } = plan;
  const copies = staging === undefined || payload === undefined ? [] : [...copyLines(staging, payload, plan.check)];
  const rename = ({ from, to }: { readonly from: string; readonly to: string }) => `move ${quote(from)} ${quote(to)}`;
  const body = [
    // A login that breaks off must not end the shell between two renames.
    "trap '' HUP INT TERM PIPE",
    `cd ${quote(place.folder)} 2>/dev/null || fail changed ${quote(place.folder)}`,
    ...repairs.map(rename),
    "undo=:",
    ...removes.map(name => `clear_away ${quote(name)}`),
    ...copies,
    ...(plan.action === "roll-back" && moves.length > 0 ? ["check_previous"] : []),
    ...moves.map(rename),
    "sync",
    ...removesAfterwards.map(name => `clear_away ${quote(name)}`),
    ...(restart === "no" ? [] : [`restart ${restart}`]),
    "say done",
    "exit 0",
  ];
  // In braces: the shell has read all of it before it runs any of it, so that the tar file is no part of the script.
  return [LIBRARY, "{", ...body, "}", ""].join("\n");
}

function* copyLines(staging: string, { files }: Payload, check: Check): Generator<string> {
  yield `new=${quote(staging)}`;
  yield `tool=${check}`;
  yield "files() { cat <<'EOF'";
  for (const { name, bytes, sha256, md5 } of files) {
    yield `${check === "md5sum" ? md5 : sha256} ${bytes.length} ${name}`;
  }
  yield "EOF";
  yield "}";
  yield "copy";
}
