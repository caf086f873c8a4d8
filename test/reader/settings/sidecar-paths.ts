/** Where a book's sidecar may lie. */
import { partialMD5 } from "../data/partial-md5";
import { isFile, isFolder } from "../system/paths";
import { dataStorage } from "./data-storage";

const digests = new Map<string, string>();

/** The file's digest as of its first look-up in this run, as KOReader caches it. */
function digestOf(file: string): string | undefined {
  const known = digests.get(file) ?? partialMD5(file);
  if (known !== undefined) digests.set(file, known);
  return known;
}

export const preferredLocation = (): KOReader.SidecarLocation =>
  G_reader_settings.readSetting("document_metadata_folder", "doc") as KOReader.SidecarLocation;

export function sidecarFolder(file: string, location = preferredLocation()): string {
  const stem = string.match(file, "(.*)%.")[0] ?? file;
  if (location === "dir") return `${dataStorage.getDocSettingsDir()}${stem}.sdr`;
  const digest = location === "hash" ? digestOf(file) : undefined;
  if (digest === undefined) return `${stem}.sdr`;
  return `${dataStorage.getDocSettingsHashDir()}/${string.sub(digest, 1, 2)}/${digest}.sdr`;
}

export const sidecarName = (file: string): string => `metadata.${string.match(file, ".*%.(.+)")[0] ?? "_"}.lua`;

/** Where KOReaders from before 2016 kept it. */
export const historyPath = (file: string): string =>
  `${dataStorage.getHistoryDir()}/[${string.gsub(string.gsub(file, "(.*/)([^/]+)", "%1] %2")[0], "/", "#")[0]}.lua`;

/** The preferred place first; the one by digest only where it is in use. */
export function locations(): KOReader.SidecarLocation[] {
  const preferred = preferredLocation();
  if (preferred === "hash") return ["hash", "doc", "dir"];
  const places: KOReader.SidecarLocation[] = preferred === "doc" ? ["doc", "dir"] : ["dir", "doc"];
  if (isFolder(dataStorage.getDocSettingsHashDir())) places.push("hash");
  return places;
}

export function findSidecar(file: string, noLegacy = false): LuaMultiReturn<[string, string] | [undefined]> {
  for (const location of locations()) {
    const sidecar = `${sidecarFolder(file, location)}/${sidecarName(file)}`;
    if (isFile(sidecar)) return $multi(sidecar, location);
  }
  const legacy = isFolder(dataStorage.getHistoryDir()) && !noLegacy ? historyPath(file) : "";
  if (legacy !== "" && isFile(legacy)) return $multi(legacy, "hist");
  return $multi(undefined);
}
