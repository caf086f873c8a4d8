import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join, resolve, sep } from "node:path";
import { DEVICE_KINDS, layoutOf, type PlaceKind } from "../layouts";
import { DeployProblem } from "../problem";

export interface FoundFolder {
  readonly kind: PlaceKind;
  /** Of plugins, without links. */
  readonly folder: string;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** What KOReader writes into its data folder, beside `plugins`. */
const DATA_MARKS = ["reader.lua", "settings.reader.lua", "settings"];

function candidates(root: string): FoundFolder[] {
  const found: FoundFolder[] = [];
  for (const kind of DEVICE_KINDS) {
    const { onDisk, marks } = layoutOf(kind);
    if (!marks.some(mark => existsSync(join(root, mark)))) continue;
    for (const data of onDisk) found.push({ kind, folder: join(root, data, "plugins") });
  }
  if (DATA_MARKS.some(mark => existsSync(join(root, mark))))
    found.push({ kind: "other", folder: join(root, "plugins") });
  const isPlugins =
    basename(resolve(root)) === "plugins" && DATA_MARKS.some(mark => existsSync(join(root, "..", mark)));
  if (isPlugins) found.push({ kind: "other", folder: root });
  return found.filter(({ folder }) => isFolder(folder));
}

/**
 * The folders of plugins below `root`: a mounted device, a folder of KOReader's data, or its plugins themselves. What a link
 * leads to outside of `root` is none. Throws a DeployProblem when `root` is no folder.
 */
export function foldersOfPlugins(root: string, named: string | undefined): FoundFolder[] {
  if (!isFolder(root)) throw new DeployProblem({ why: "no-mount", detail: root });
  const inside = realpathSync(root);
  const wanted = named === undefined ? candidates(root) : [{ kind: "other" as const, folder: resolve(root, named) }];
  const real = wanted
    .filter(({ folder }) => isFolder(folder))
    .map(({ kind, folder }) => ({ kind, folder: realpathSync(folder) }))
    .filter(({ folder }) => folder === inside || folder.startsWith(inside.endsWith(sep) ? inside : inside + sep));
  return real.filter(({ folder }, index) => real.findIndex(other => other.folder === folder) === index);
}

/** Where systems mount what is plugged in: the folders in these, and the folders in those. */
const MOUNTS: Readonly<Record<string, readonly string[]>> = {
  darwin: ["/Volumes/*"],
  linux: ["/media/*", "/media/*/*", "/run/media/*/*"],
};

/** Every place where a device may be mounted; on Windows the letters. */
export function mountPoints(platform: string = process.platform, root = "/"): string[] {
  if (platform === "win32") return [..."DEFGHIJKLMNOPQRSTUVWXYZ"].map(letter => `${letter}:\\`).filter(isFolder);
  const patterns = MOUNTS[platform] ?? MOUNTS["linux"] ?? [];
  return patterns.flatMap(pattern => expand(root, pattern.split("/").slice(1)));
}

function expand(folder: string, names: readonly string[]): string[] {
  const [name, ...rest] = names;
  if (name === undefined) return [folder];
  const next = name === "*" ? foldersIn(folder) : [join(folder, name)];
  return next.flatMap(path => expand(path, rest));
}

/** Links are left out: a mounted disk is none. */
function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder).map(name => join(folder, name));
    return entries.filter(path => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true);
  } catch {
    return [];
  }
}

/** The mounted devices with a KOReader on them. */
export function mountedDevices(points: readonly string[] = mountPoints()): string[] {
  return points.filter(point => {
    try {
      return foldersOfPlugins(point, undefined).some(({ kind }) => kind !== "other");
    } catch {
      return false;
    }
  });
}
