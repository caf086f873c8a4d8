import type { Check, FolderName, Outcome, Place, Restarted, Survey } from "../device";
import { isDeviceKind } from "../layouts";
import { DeployProblem, reasonOfWords, type Problem } from "../problem";

/** One line that the device's script said. */
export interface Answer {
  readonly word: string;
  readonly rest: string;
}

/** Whatever else a login prints, a greeting or a warning, is no answer. */
export function readAnswer(line: string): Answer | undefined {
  const [, word, rest = ""] = /^@ribbon (\S+) ?(.*?)\r?$/.exec(line) ?? [];
  return word === undefined ? undefined : { word, rest };
}

const OURS = /^ribbon\.(koplugin|previous|trash|swap|new-[\w.-]+)$/;

const isOurs = (name: string): name is FolderName => OURS.test(name);

type Draft = { -readonly [Key in keyof Place]: Place[Key] } & { there: FolderName[] };

/** What a device told of itself; lines that mean nothing are left out. */
export function readSurvey(answers: readonly Answer[]): Survey {
  const places: Draft[] = [];
  let check: Check = "size";
  for (const { word, rest } of answers) {
    if (word === "check" && (rest === "sha256sum" || rest === "md5sum")) check = rest;
    if (word === "place")
      places.push({ kind: isDeviceKind(rest) ? rest : "other", folder: "", there: [], isRunning: false });
    const place = places.at(-1);
    if (place !== undefined) readAbout(place, word, rest);
  }
  return { places: places.filter(({ folder }) => folder !== ""), check };
}

function readAbout(place: Draft, word: string, rest: string): void {
  if (word === "folder") place.folder = rest;
  if (word === "there" && isOurs(rest)) place.there.push(rest);
  if (word === "current" && rest !== "") place.current = rest;
  if (word === "previous" && rest !== "") place.previous = rest;
  if (word === "free" && /^\d+$/.test(rest)) place.free = Number(rest) * 1024;
  if (word === "running") place.isRunning = true;
}

const RESTARTED: readonly string[] = ["asked", "ended", "not-running", "cannot"] satisfies Restarted[];

/** What became of a plan. Throws the DeployProblem that the device told of. */
export function readOutcome(answers: readonly Answer[]): Outcome {
  const failed = answers.find(({ word }) => word === "fail");
  if (failed !== undefined) throw new DeployProblem(problemOf(failed.rest));
  const restarted = answers.find(({ word }) => word === "restarted")?.rest ?? "";
  return RESTARTED.includes(restarted) ? { restarted: restarted as Restarted } : {};
}

function problemOf(rest: string): Problem {
  const [word = "", ...more] = rest.split(" ");
  const detail = more.join(" ");
  switch (word) {
    case "differs":
      return { why: "differs", detail };
    case "changed":
      return { why: "changed", detail };
    case "broken":
      return { why: "broken-previous" };
    case "rename":
      return reasonOfWords(detail, "rename");
    case "copy":
    case "write":
    default:
      return reasonOfWords(detail, "write");
  }
}
