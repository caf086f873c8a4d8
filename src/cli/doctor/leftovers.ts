import fs from "node:fs";
import path from "node:path";
import { activeIn } from "./active-file";
import { bad, type Finding, note } from "./finding";
import { ABOUT, NAME } from "./installed";

const DEPLOY = "A deploy that was cut";
const UPDATE = "An update that was cut";
const BY_DEPLOY = "the next ribbon deploy removes it; or remove it yourself";
const BY_ITSELF = "it goes with the next update; or remove it while KOReader does not run";

/**
 * What a deploy or an update that was cut left behind. `ribbon.previous` is none: it is what `--rollback` brings back.
 * @param plugins KOReader's folder of plugins
 */
export function leftoverFindings(plugins: string): Finding[] {
  const isPluginThere = fs.existsSync(path.join(plugins, NAME, "main.lua"));
  return [...ofDeploy(plugins, isPluginThere), ...(isPluginThere ? ofUpdate(path.join(plugins, NAME)) : [])];
}

/** The version that waits beside an empty place, between the two renames of a deploy; nothing when none does. */
export function movedAway(plugins: string): Finding | undefined {
  const kept = ["ribbon.swap", "ribbon.previous"].find(name => fs.existsSync(path.join(plugins, name, "main.lua")));
  if (kept === undefined) return undefined;
  const says = `not in its place: a deploy was cut, and ${kept} is the version that ran`;
  return bad(ABOUT, says, `ribbon deploy, or its --rollback; or rename ${kept} to ${NAME}`);
}

function ofDeploy(plugins: string, isPluginThere: boolean): Finding[] {
  const says = (name: string): string | undefined => {
    if (name.startsWith("ribbon.new-")) return `${name} is a copy that did not get into its place, unused`;
    if (name === "ribbon.trash") return `${name} is an old version, half removed`;
    return name === "ribbon.swap" && isPluginThere
      ? `${name} is the version before, moved away by a rollback`
      : undefined;
  };
  return noted(DEPLOY, namesIn(plugins), says, BY_DEPLOY);
}

/** `incoming` may also be on its way just now; the others are of no use to the bootstrap. */
function ofUpdate(folder: string): Finding[] {
  const { run, before, failed } = activeIn(folder);
  const says = (name: string): string | undefined => {
    if (name === "incoming") return "updates/incoming is a version that did not arrive whole";
    return [run, before, failed].includes(name) ? undefined : `updates/${name} is of no use to any version here`;
  };
  const drafts = (name: string) =>
    name === "active.new" ? "active.new is a note about versions, written by half" : undefined;
  return [
    ...noted(UPDATE, namesIn(path.join(folder, "updates")), says, BY_ITSELF),
    ...noted(UPDATE, namesIn(folder), drafts, "the next update writes over it"),
  ];
}

function noted(
  about: string,
  names: readonly string[],
  says: (name: string) => string | undefined,
  remedy: string,
): Finding[] {
  return names.flatMap(name => {
    const words = says(name);
    return words === undefined ? [] : [note(about, words, remedy)];
  });
}

const namesIn = (folder: string): string[] => (fs.existsSync(folder) ? fs.readdirSync(folder).sort() : []);
