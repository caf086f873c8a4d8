/** A book's sidecar: the newest readable candidate wins, and unreadable ones are removed. */
import lfs = require("lfs");
import { sortBy } from "../data/order";
import { copyFile, dirname, isFile, makePath, removePath } from "../system/paths";
import { loadLua, Settings, writeLua } from "./lua-settings";
import { findSidecar, preferredLocation, sidecarFolder, sidecarName } from "./sidecar-paths";

interface Candidate {
  readonly path: string;
  readonly modified: number;
  readonly rank: number;
}

const PLACES: readonly KOReader.SidecarLocation[] = ["doc", "dir", "hash"];

const modification = (path: string): number => lfs.attributes(path, "modification") ?? 0;

/** A copy is never younger than the file that it is a copy of. */
function candidates(file: string): Candidate[] {
  const found: Candidate[] = [];
  for (const [index, place] of ipairs(PLACES)) {
    const main = `${sidecarFolder(file, place)}/${sidecarName(file)}`;
    const old = `${main}.old`;
    const newest = isFile(main) ? Math.max(modification(main), modification(old)) : modification(old);
    if (isFile(main)) found.push({ path: main, modified: newest, rank: index * 2 });
    if (isFile(old)) found.push({ path: old, modified: modification(old), rank: index * 2 + 1 });
  }
  return sortBy(found, (a, b) => (a.modified === b.modified ? a.rank < b.rank : a.modified > b.modified));
}

/** The first that can be read; those before it are removed, as KOReader does. */
function readNewest(found: readonly Candidate[]): Record<string, unknown> {
  for (const { path } of found) {
    const stored = loadLua(path);
    if (stored !== undefined && next(stored)[0] !== undefined) return stored;
    os.remove(path);
  }
  return {};
}

class Sidecar extends Settings implements KOReader.DocSettings {
  readonly doc_sidecar_dir: string;

  constructor(
    data: Record<string, unknown>,
    private readonly book: string,
    private readonly older: readonly Candidate[],
  ) {
    super(data, undefined);
    this.doc_sidecar_dir = sidecarFolder(book, "doc");
  }

  /** Read-only storage sends the sidecar into KOReader's own folder. */
  override flush(): string | undefined {
    const preferred = preferredLocation();
    const places: KOReader.SidecarLocation[] = preferred === "doc" ? ["doc", "dir"] : [preferred];
    for (const place of places) {
      const folder = sidecarFolder(this.book, place);
      makePath(folder);
      if (writeLua(`${folder}/${sidecarName(this.book)}`, this.data)) return this.purgeOthers(folder);
    }
    return undefined;
  }

  private purgeOthers(folder: string): string {
    for (const { path } of this.older) {
      if (dirname(path) === folder) continue;
      os.remove(path);
      removePath(dirname(path));
    }
    return folder;
  }
}

/** Moves or copies a book's sidecar to another book, or removes it. */
function updateLocation(file: string, newFile?: string, copy = false): void {
  const [sidecar] = findSidecar(file);
  if (sidecar === undefined) return;
  if (newFile !== undefined) {
    const folder = sidecarFolder(newFile);
    makePath(folder);
    copyFile(sidecar, `${folder}/${sidecarName(newFile)}`);
  }
  if (copy) return;
  os.remove(sidecar);
  removePath(dirname(sidecar));
}

export const docSettings: KOReader.DocSettingsModule = {
  open(file) {
    const found = candidates(file);
    const data = readNewest(found);
    data["doc_path"] = file;
    return new Sidecar(data, file, found);
  },
  hasSidecarFile: file => findSidecar(file)[0] !== undefined,
  findSidecarFile: file => findSidecar(file),
  getSidecarDir: (file, location) => sidecarFolder(file, location),
  getSidecarFilename: sidecarName,
  openSettingsFile: sidecarFile => new Sidecar(loadLua(sidecarFile) ?? {}, sidecarFile, []),
  updateLocation,
};
