/** A book's sidecar: the newest readable candidate wins, and unreadable ones before it are removed. */
import { copyFile, dirname, isFile, isFolder, makePath, removePath } from "../system/paths";
import { findCustomMetadata, moveCustomMetadata, writeCustomMetadata } from "./custom-metadata";
import { dataStorage } from "./data-storage";
import { loadLua, Settings, writeLua } from "./lua-settings";
import { type Candidate, candidatesOf } from "./sidecar-candidates";
import { findSidecar, historyPath, preferredLocation, sidecarFolder, sidecarName } from "./sidecar-paths";

type Data = Record<string, unknown>;

interface Source {
  readonly path: string;
  readonly data: Data;
}

/** The first that can be read; those before it are removed, as KOReader does. */
function readNewest(found: readonly Candidate[]): Source | undefined {
  for (const { path } of found) {
    const data = loadLua(path);
    if (data !== undefined && next(data)[0] !== undefined) return { path, data };
    os.remove(path);
  }
  return undefined;
}

/** Empty folders go; of KOReader's own also those above. */
function removeEmpty(folder: string): void {
  const own = [dataStorage.getDocSettingsDir(), dataStorage.getDocSettingsHashDir()];
  if (!isFolder(folder)) return;
  if (own.some(root => string.sub(folder, 1, string.len(root)) === root)) removePath(folder);
  else os.remove(folder);
}

class Sidecar extends Settings implements KOReader.DocSettings {
  readonly doc_sidecar_dir: string;
  readonly source_candidate?: string;
  candidates?: readonly Candidate[] | undefined;

  constructor(
    private readonly book: string,
    source: Source | undefined,
    found: readonly Candidate[],
  ) {
    super(source?.data ?? {}, undefined);
    this.doc_sidecar_dir = sidecarFolder(book, "doc");
    if (source === undefined) return;
    this.source_candidate = source.path;
    this.candidates = found;
  }

  /** Read-only storage sends the sidecar into KOReader's own folder. */
  override flush(data?: object, noCustom = false): string | undefined {
    const preferred = preferredLocation();
    const places: KOReader.SidecarLocation[] = preferred === "doc" ? ["doc", "dir"] : [preferred];
    for (const place of places) {
      const folder = sidecarFolder(this.book, place);
      const file = `${folder}/${sidecarName(this.book)}`;
      makePath(folder);
      if (!writeLua(file, (data as Data | undefined) ?? this.data)) continue;
      if (!noCustom) moveCustomMetadata(this.book, folder);
      this.purge(file);
      return folder;
    }
    return undefined;
  }

  flushCustomMetadata(file: string): true | undefined {
    return writeCustomMetadata(file, this.data);
  }

  purge(kept = ""): void {
    for (const { path } of this.candidates ?? []) {
      if (path !== kept && path !== `${kept}.old` && isFile(path)) os.remove(path);
    }
    for (const place of ["doc", "dir", "hash"] as const) removeEmpty(sidecarFolder(this.book, place));
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
    moveCustomMetadata(file, folder, true);
  }
  if (copy) return;
  os.remove(findCustomMetadata(file) ?? "");
  os.remove(sidecar);
  removePath(dirname(sidecar));
}

/** What a file of settings holds, without the book it belongs to. */
const view = (file: string | undefined): Sidecar => {
  const data = file === undefined ? undefined : loadLua(file);
  return new Sidecar("", data === undefined ? undefined : { path: file ?? "", data }, []);
};

export const docSettings: KOReader.DocSettingsModule = {
  open(file) {
    const found = candidatesOf(file);
    const sidecar = new Sidecar(file, readNewest(found), found);
    sidecar.data["doc_path"] = file;
    return sidecar;
  },
  hasSidecarFile: file => findSidecar(file)[0] !== undefined,
  findSidecarFile: (file, noLegacy) => findSidecar(file, noLegacy),
  getSidecarDir: (file, location) => sidecarFolder(file, location),
  getSidecarFilename: sidecarName,
  getHistoryPath: file => historyPath(file),
  openSettingsFile: view,
  updateLocation,
};
