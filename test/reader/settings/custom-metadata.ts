/** The reader's corrections of a book's metadata: a file beside its sidecar. */
import { dump } from "../data/serialize";
import { copyFile, dirname, isFile, makePath, writeFile } from "../system/paths";
import { findSidecar, locations, preferredLocation, sidecarFolder } from "./sidecar-paths";

const NAME = "custom_metadata.lua";

export function findCustomMetadata(file: string): string | undefined {
  for (const location of locations()) {
    const path = `${sidecarFolder(file, location)}/${NAME}`;
    if (isFile(path)) return path;
  }
  return undefined;
}

/** Beside the sidecar of a book that was opened; else where its sidecar would be. */
function foldersFor(file: string): string[] {
  const [sidecar] = findSidecar(file, true);
  if (sidecar !== undefined) return [dirname(sidecar)];
  const preferred = preferredLocation();
  return preferred === "doc" ? [sidecarFolder(file, "doc"), sidecarFolder(file, "dir")] : [sidecarFolder(file)];
}

export function writeCustomMetadata(file: string, data: Record<string, unknown>): true | undefined {
  for (const folder of foldersFor(file)) {
    makePath(folder);
    const path = `${folder}/${NAME}`;
    if (writeFile(path, `-- ${path}\nreturn ${dump(data)}\n`, true)[0] === true) return true;
  }
  return undefined;
}

/** It goes where the sidecar goes. */
export function moveCustomMetadata(file: string, folder: string, copy = false): void {
  const path = findCustomMetadata(file);
  if (path === undefined || dirname(path) === folder) return;
  copyFile(path, `${folder}/${NAME}`);
  if (!copy) os.remove(path);
}
