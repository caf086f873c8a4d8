/** Which files KOReader takes for a book's sidecar, and in which order it tries them. */
import lfs = require("lfs");
import { sortBy } from "../data/order";
import { basename, isFile, isFolder } from "../system/paths";
import { dataStorage } from "./data-storage";
import { historyPath, sidecarFolder, sidecarName } from "./sidecar-paths";

export interface Candidate {
  readonly path: string;
  modified: number;
  readonly rank: number;
}

/** In the order of preference; empty where there is no folder to look into. */
function places(file: string): string[] {
  const name = sidecarName(file);
  const doc = sidecarFolder(file, "doc");
  const dir = sidecarFolder(file, "dir");
  const isHashed = isFolder(dataStorage.getDocSettingsHashDir());
  const hash = isHashed ? `${sidecarFolder(file, "hash")}/${name}` : "";
  const history = isFolder(dataStorage.getHistoryDir()) ? historyPath(file) : "";
  const inDoc = isFolder(doc) ? `${doc}/${name}` : "";
  const inDir = isFolder(dir) ? `${dir}/${name}` : "";
  const older = (path: string): string => (path === "" ? "" : `${path}.old`);
  const legacy = isFolder(doc) ? `${doc}/${basename(file)}.lua` : "";
  const paths = [inDoc, older(inDoc), legacy, inDir, older(inDir), hash, older(hash), history, older(history)];
  return paths.concat(`${file}.kpdfview.lua`);
}

/** The newest first. A copy is never younger than the file that it is a copy of: their times may come from another zone. */
export function candidatesOf(file: string): Candidate[] {
  const found: Candidate[] = [];
  let before: Candidate | undefined;
  for (const [rank, path] of ipairs(places(file))) {
    const isThere = path !== "" && isFile(path);
    const candidate = { path, modified: isThere ? (lfs.attributes(path, "modification") ?? 0) : 0, rank };
    const isOlder = string.sub(path, -4) === ".old" && before !== undefined;
    if (isThere && isOlder && before !== undefined) before.modified = Math.max(before.modified, candidate.modified);
    if (isThere) found.push(candidate);
    before = isThere ? candidate : undefined;
  }
  return sortBy(found, (a, b) => (a.modified === b.modified ? a.rank < b.rank : a.modified > b.modified));
}
