import lfs = require("libs/libkoreader-lfs");

/** The first name in a folder that is not kept; nothing when there is none. */
function firstIn(folder: string, keeps: (this: void, name: string) => boolean): string | undefined {
  for (const name of lfs.dir(folder)) {
    if (name !== "." && name !== ".." && !keeps(name)) return name;
  }
  return undefined;
}

/**
 * Removes one file of the folders in `folder` that are not kept, or one of them that is empty by now: one small step, so that
 * the main loop can take many. False when nothing is left to remove, or it cannot be.
 */
export function tidyFolder(folder: string, keeps: (this: void, name: string) => boolean): boolean {
  if (lfs.attributes(folder, "mode") !== "directory") return false;
  const name = firstIn(folder, keeps);
  if (name === undefined) return false;
  const path = `${folder}${name}`;
  if (lfs.attributes(path, "mode") !== "directory") return os.remove(path)[0] === true;
  const inside = firstIn(path, () => false);
  return os.remove(inside === undefined ? path : `${path}/${inside}`)[0] === true;
}
