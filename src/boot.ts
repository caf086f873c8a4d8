/**
 * Becomes main.lua. KOReader skips a plugin whose main.lua fails, so only this file, which hardly ever changes, can notice
 * that a bundle is broken and load the one before it. What lies in this folder was installed by hand; an update lies in a
 * folder below `updates/`, and `active.txt` says which of them runs (docs/updates.md). It comes with every version,
 * saying that none does: whoever unpacks a version over this folder gets that version.
 */
import ffiUtil = require("ffi/util");
import logger = require("logger");

/** What active.txt says. Absent: nothing but the root, which is a version as it was installed by hand. */
interface Active {
  /** The folder that runs. */
  run?: string;
  /** The one that ran before, for when that does not. */
  before?: string;
  /** `run` was not started yet, or was and nobody confirmed that it is well. */
  trial?: "new" | "started";
  /** The folder that was given up, and at what: it could not be marked, loaded or was not confirmed. */
  failed?: string;
  why?: "mark" | "load" | "start";
}

type Launched = (this: void, active: Active) => void;
/** Gives the plugin, and what is to be called where there is something to say about this start. */
type RunBundle = (this: void, bundle: unknown, folder: string) => LuaMultiReturn<[boolean, unknown, unknown]>;

const MOST_BYTES = 1000;

/** The folder of this file, with a slash at its end. */
function ownFolder(): string {
  const [folder] = string.match(debug.getinfo(1, "S")?.source ?? "", "^@(.*/)");
  return folder ?? "./";
}

const root = ownFolder();

function folderOf(name: string | undefined): string {
  return name === undefined ? root : `${root}updates/${name}/`;
}

function textOf(name: string): string | undefined {
  const [file] = io.open(root + name, "rb");
  const text = file?.read(MOST_BYTES);
  file?.close();
  return text;
}

/** Read as data. A draft counts where a file system that cannot exchange two files lost the name meanwhile. */
function readActive(): Active | undefined {
  const text = textOf("active.txt") ?? textOf("active.new") ?? "";
  if (string.match(text, "^RIBBON 1\n.*end\n$")[0] === undefined) return undefined;
  const fields: Record<string, string> = {};
  for (const [key, value] of string.gmatch(text, "(%l+) ([%w.+-]+)\n")) fields[key ?? ""] = value ?? "";
  return fields as Active;
}

/** Replaces active.txt in one go; false where that cannot be done for certain. */
function keep(active: Active): boolean {
  const draft = `${root}active.new`;
  const lines = ["RIBBON 1"];
  for (const [key, value] of pairs(active)) lines.push(`${key} ${value}`);
  const [file] = io.open(draft, "wb");
  if (file === undefined) return false;
  // A buffer would hide that the disk is full.
  file.setvbuf("no");
  const [written] = file.write(`${lines.join("\n")}\nend\n`);
  const [synced] = ffiUtil.fsyncOpenedFile(file, true);
  file.close();
  if (written === undefined || !synced || os.rename(draft, `${root}active.txt`)[0] !== true) return false;
  ffiUtil.fsyncDirectory(root);
  return true;
}

/** Gives `run` up for good: the one before it takes its place, and says so to the reader. */
function goBack({ run, before }: Active, why: NonNullable<Active["why"]>): Active {
  const active: Active = { failed: run ?? "root", why };
  if (before !== undefined) active.run = before;
  keep(active);
  return active;
}

/** The plugin of one folder; nothing when it does not load, with the reason in the log. */
function load(active: Active): object | undefined {
  const folder = folderOf(active.run);
  const [bundle, problem] = loadfile(`${folder}ribbon.lua`);
  if (bundle === undefined) {
    logger.warn("Ribbon: cannot load", folder, problem);
    return undefined;
  }
  const [worked, plugin, launched] = (pcall as unknown as RunBundle)(bundle, folder);
  if (!worked || type(plugin) !== "table") {
    logger.warn("Ribbon: broken bundle in", folder, plugin);
    return undefined;
  }
  if (active.trial === undefined && active.why === undefined) return plugin as object;
  const [begun, mistake] = pcall(launched as Launched, active);
  if (!begun) logger.warn("Ribbon: cannot be tried out:", folder, mistake);
  return begun ? (plugin as object) : undefined;
}

/** A trial is marked before it begins, so that the next start knows whether this one went well. */
function chosen(active: Active): Active {
  if (active.trial === undefined) return active;
  if (active.trial === "started") return goBack(active, "start");
  active.trial = "started";
  return keep(active) ? active : goBack(active, "mark");
}

function start(): object | undefined {
  const found = readActive() ?? {};
  const first = chosen(found);
  const plugin = load(first);
  if (plugin !== undefined || first.run === first.before) return plugin;
  const second = goBack(first, "load");
  return load(second) ?? (second.run === undefined ? undefined : load(goBack(second, "load")));
}

const [started, plugin] = pcall(start);

export = (started ? (plugin as object | undefined) : load({})) ?? { disabled: true };
