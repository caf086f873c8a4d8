import ffiUtil = require("ffi/util");
import lfs = require("libs/libkoreader-lfs");
import type { ActiveVersion, VersionsHere } from "../../core/active-version";
import type { Failure } from "../../core/failure";
import { failure, type Result, success } from "../../core/result";
import type { Versions } from "../../ports/versions";
import { VERSION } from "../../version";
import { readActive, writeActive } from "./active-file";
import { pluginRoot, runningFolder } from "./folders";
import { tidyFolder } from "./tidy";

/** Where a worker unpacks an update: no version is called so. */
const INCOMING = "incoming";
/** The largest part of a release.json in which its version and its bootstrap are looked for. */
const MOST_BYTES = 64 * 1024;

const updates = (): string => `${pluginRoot()}updates/`;

/** The folder in which a worker unpacks an update, with a slash at its end. */
export const incomingFolder = (): string => `${updates()}${INCOMING}/`;

/** What the root's release.json says of a field, without reading it as JSON. */
function rootSays(pattern: string): string | undefined {
  const [file] = io.open(`${pluginRoot()}release.json`, "rb");
  const text = file?.read(MOST_BYTES) ?? "";
  file?.close();
  return string.match(text, pattern)[0];
}

function versionOf(folder: string | undefined): string {
  if (folder !== undefined) return folder;
  return runningFolder() === undefined ? VERSION : (rootSays('"version"%s*:%s*"([^"]+)"') ?? "");
}

const isThere = (folder: string): boolean => lfs.attributes(`${updates()}${folder}`, "mode") === "directory";

/** The one that the reader can change to: an older one that ran before, or what was installed by hand. */
function otherOf({ run, before }: ActiveVersion): { readonly folder?: string } | undefined {
  const running = runningFolder();
  // A change that waits for the next start is not doubled.
  if (run !== running) return undefined;
  if (before !== undefined && before !== running && isThere(before)) return { folder: before };
  return running === undefined ? undefined : {};
}

function here(): VersionsHere {
  const active = readActive();
  const running = runningFolder();
  const other = otherOf(active);
  const { run, trial, failed, why } = active;
  const isKnown = failed !== undefined && failed !== running && (failed === "root" || isThere(failed));
  const given = isKnown ? versionOf(failed === "root" ? undefined : failed) : undefined;
  return {
    running: VERSION,
    isOnTrial: run === running && trial !== undefined,
    ...(run === running ? {} : { next: versionOf(run) }),
    ...(other === undefined || versionOf(other.folder) === given ? {} : { other: versionOf(other.folder) }),
    ...(given === undefined ? {} : { failed: { version: given, ...(why === undefined ? {} : { why }) } }),
  };
}

/** On trial from the next start on; what runs now is what it would go back to. */
function takeOver(folder: string | undefined): Result<true, Failure> {
  const before = runningFolder();
  return writeActive({
    trial: "new",
    ...(folder === undefined ? {} : { run: folder }),
    ...(before === undefined ? {} : { before }),
  });
}

function activate(version: string): Result<true, Failure> {
  if (version === runningFolder()) return failure({ reason: "conflict", detail: `${version} is running` });
  const target = `${updates()}${version}`;
  // Of an earlier try; removed when there is time for it.
  if (isThere(version)) os.rename(target, `${target}.old-${os.time()}`);
  const [moved, problem] = os.rename(`${updates()}${INCOMING}`, target);
  if (moved !== true) return failure({ reason: "disk", detail: problem });
  ffiUtil.fsyncDirectory(updates());
  return takeOver(version);
}

function change(to: "other" | "failed"): Result<true, Failure> {
  const active = readActive();
  if (to === "other") return takeOver(otherOf(active)?.folder);
  return takeOver(active.failed === "root" ? undefined : active.failed);
}

/** Unless the reader decided otherwise meanwhile. */
const isTriedOut = ({ run, trial }: ActiveVersion): boolean => run === runningFolder() && trial === "started";

/** What is confirmed, or goes on: neither a trial nor what failed before it is of interest any more. */
function settled(before: string | undefined): Result<true, Failure> {
  const run = runningFolder();
  return writeActive({ ...(run === undefined ? {} : { run }), ...(before === undefined ? {} : { before }) });
}

export const versions: Versions = {
  here: () => here(),
  bootstrap: () => tonumber(rootSays('"bootstrap"%s*:%s*(%d+)')) ?? 0,
  activate: version => activate(version),
  change: to => change(to),
  stay: () => settled(readActive().run),
  confirm: () => {
    const active = readActive();
    return isTriedOut(active) ? settled(active.before) : success(true);
  },
  giveUp: why => {
    const active = readActive();
    const { before } = active;
    if (!isTriedOut(active)) return;
    writeActive({ failed: runningFolder() ?? "root", why, ...(before === undefined ? {} : { run: before }) });
  },
  told: () => {
    const { run, before, failed } = readActive();
    writeActive({
      ...(run === undefined ? {} : { run }),
      ...(before === undefined ? {} : { before }),
      ...(failed === undefined ? {} : { failed }),
    });
  },
  tidy: isUnpacking => {
    const { run, before, failed } = readActive();
    const needed = new LuaSet<string>();
    for (const name of [runningFolder() ?? "", run ?? "", before ?? "", failed ?? ""]) needed.add(name);
    if (isUnpacking) needed.add(INCOMING);
    return tidyFolder(updates(), name => needed.has(name));
  },
};
