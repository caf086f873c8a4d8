import { spawnSync } from "node:child_process";
import * as fs from "node:fs";

/** What a deploy does to a disk, step by step. */
export interface Disk {
  makeFolder(path: string): void;
  /** A new file, on the disk when it returns. */
  write(path: string, bytes: Uint8Array): void;
  read(path: string): Uint8Array;
  rename(from: string, to: string): void;
  /** A folder with all that is in it; a link goes, what it leads to stays. */
  remove(path: string): void;
  /** Until what was done is on the disk, renames too. */
  flush(): void;
}

export const realDisk: Disk = {
  makeFolder: path => void fs.mkdirSync(path),
  write(path, bytes) {
    const file = fs.openSync(path, "wx", 0o644);
    try {
      fs.writeFileSync(file, bytes);
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
  },
  read: path => fs.readFileSync(path),
  rename: (from, to) => fs.renameSync(from, to),
  remove: path => fs.rmSync(path, { recursive: true, force: true }),
  // Node cannot sync a folder everywhere; where there is no such program, ejecting does it.
  flush: () => void spawnSync("sync", { stdio: "ignore" }),
};
