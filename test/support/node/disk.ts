// A disk that forgets what was written to it and not synced, when the power is cut: test/power/disk.c notes every fsync of a
// reader, and from the notes comes the folder as it would be found afterwards.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { requirePrograms } from "../../../scripts/debian.mjs";

const SOURCE = fileURLToPath(new URL("../../power/disk.c", import.meta.url));
/** What a disk writes at once. */
const SECTOR = 512;

/** Says of each sector that was written and not synced whether it reached the disk. */
export type Luck = () => boolean;

/** Files by their name. */
export type Files = ReadonlyMap<string, Buffer>;

interface Durable {
  /** By identity, as it was when it was last synced. */
  readonly contents: Map<string, Buffer>;
  /** The names of the folder, with the identity of what they lead to. */
  names: [name: string, identity: string][];
}

/** The folder of a device that must outlive a power cut. */
export class Disk {
  private readonly library: string;
  private readonly notes: string;

  /** @param scratch for the compiled library and what it notes; @param root a flat folder of the reader's device */
  constructor(
    scratch: string,
    private readonly root: string,
  ) {
    this.library = path.join(scratch, "disk.so");
    this.notes = path.join(scratch, "syncs");
    fs.mkdirSync(this.notes, { recursive: true });
    requirePrograms(["g++"]);
    execFileSync("g++", ["-x", "c", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", this.library, SOURCE]);
  }

  /** For `HandOptions.under`: a reader whose disk this is. */
  get under(): string[] {
    const root = fs.realpathSync(this.root);
    return ["env", `LD_PRELOAD=${this.library}`, `DISK_ROOT=${root}`, `DISK_OUT=${this.notes}`];
  }

  /** How often something was synced so far. */
  syncs(): number {
    return fs.readdirSync(this.notes).filter(name => name.endsWith(".list")).length;
  }

  /** What is in the folder now, synced or not. */
  written(): Files {
    const names = fs.readdirSync(this.root).filter(name => fs.statSync(path.join(this.root, name)).isFile());
    return new Map(names.map(name => [name, fs.readFileSync(path.join(this.root, name))]));
  }

  /**
   * What a power cut after so many syncs leaves. A sync brings names and sizes of the whole folder to the disk, as a journal
   * of the file system does, and of contents only what was synced.
   * @param written what had been written by then, for a disk that got some of it all the same, as `luck` says
   */
  after(syncs: number, written?: Files, luck: Luck = () => false): Files {
    const { contents, names } = this.durable(syncs);
    return new Map(
      names.map(([name, identity]) => {
        const synced = contents.get(identity) ?? Buffer.alloc(0);
        return [name, mixed(synced, written?.get(name) ?? synced, luck)];
      }),
    );
  }

  private durable(syncs: number): Durable {
    const base = path.join(this.notes, "0.base");
    const synced = fs
      .readdirSync(base)
      .map(identity => [identity, fs.readFileSync(path.join(base, identity))] as const);
    const durable: Durable = { contents: new Map(synced), names: [] };
    for (let number = 1; number <= syncs; number += 1) {
      const [own = "", ...lines] = fs
        .readFileSync(path.join(this.notes, `${number}.list`), "utf8")
        .trim()
        .split("\n");
      const data = path.join(this.notes, `${number}.data`);
      if (fs.existsSync(data)) durable.contents.set(own, fs.readFileSync(data));
      durable.names = lines.map(line => [line.slice(line.indexOf(" ") + 1), line.slice(0, line.indexOf(" "))]);
    }
    return durable;
  }
}

function mixed(synced: Buffer, written: Buffer, luck: Luck): Buffer {
  if (synced.equals(written)) return synced;
  const size = luck() ? written.length : synced.length;
  const result = Buffer.alloc(size);
  synced.copy(result, 0, 0, Math.min(size, synced.length));
  for (let at = 0; at < Math.min(size, written.length); at += SECTOR) {
    if (luck()) written.copy(result, at, at, Math.min(at + SECTOR, size, written.length));
  }
  return result;
}
