import DataStorage = require("datastorage");
import DocSettings = require("docsettings");
import lfs = require("libs/libkoreader-lfs");
import type { SidecarPlace } from "../../ports/sidecars";
import { fileName } from "../../core/book";

/** A file that KOReader may take for a sidecar, and the copy of it that it may keep; in the order of KOReader's preference. */
export interface Candidate {
  readonly path: string;
  readonly place: SidecarPlace;
  readonly hasOlder: boolean;
}

export const isFolder = (path: string): boolean => lfs.attributes(path, "mode") === "directory";
export const isFile = (path: string): boolean => lfs.attributes(path, "mode") === "file";

/** The folder by digest; nothing where nobody uses it, or when the book cannot be read: KOReader then takes its own folder. */
function hashFolder(book: string, docFolder: string): string | undefined {
  const isUsed = isFolder(DataStorage.getDocSettingsHashDir());
  const folder = isUsed ? DocSettings.getSidecarDir(book, "hash") : docFolder;
  return folder === docFolder ? undefined : folder;
}

/**
 * Where KOReader would look for a book's sidecar: as `DocSettings:open` does it, the same from v2024.07 on. It asks for the
 * folder by digest last, whatever the preferred place.
 */
export function candidatesOf(book: string): Candidate[] {
  const name = DocSettings.getSidecarFilename(book);
  const doc = DocSettings.getSidecarDir(book, "doc");
  const hash = hashFolder(book, doc);
  const history = DataStorage.getHistoryDir();
  const found: Candidate[] = [
    { path: `${doc}/${name}`, place: "doc", hasOlder: true },
    { path: `${doc}/${fileName(book)}.lua`, place: "legacy", hasOlder: false },
    { path: `${DocSettings.getSidecarDir(book, "dir")}/${name}`, place: "dir", hasOlder: true },
  ];
  if (hash !== undefined) found.push({ path: `${hash}/${name}`, place: "hash", hasOlder: true });
  if (isFolder(history)) found.push({ path: DocSettings.getHistoryPath(book), place: "legacy", hasOlder: true });
  found.push({ path: `${book}.kpdfview.lua`, place: "legacy", hasOlder: false });
  return found;
}

/** Where corrections of a book's metadata may lie, the preferred place first: as `DocSettings:findCustomMetadataFile`. */
export function customCandidatesOf(book: string): string[] {
  const doc = DocSettings.getSidecarDir(book, "doc");
  const dir = DocSettings.getSidecarDir(book, "dir");
  const hash = hashFolder(book, doc);
  const preferred = G_reader_settings.readSetting("document_metadata_folder");
  const folders = preferred === "dir" ? [dir, doc] : [doc, dir];
  if (hash !== undefined && preferred === "hash") folders.unshift(hash);
  else if (hash !== undefined) folders.push(hash);
  return folders.map(folder => `${folder}/custom_metadata.lua`);
}
