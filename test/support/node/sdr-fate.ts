// A reader to whom something happens at one of its file operations: fate.c, and the orders that it is given.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { requirePrograms } from "../../../scripts/debian.mjs";

const SOURCE = fileURLToPath(new URL("../../sdr-faults/fate.c", import.meta.url));

export type Who = "parent" | "worker";

export interface Operation {
  readonly who: Who;
  readonly process: number;
  /** The name of the function of the C library. */
  readonly what: string;
  readonly path: string;
}

export class Fate {
  private readonly library: string;
  private readonly order: string;
  private readonly notes: string;
  private readonly count: string;

  /** @param scratch for the compiled library, orders and notes; @param root what is counted happens below it */
  constructor(
    scratch: string,
    private readonly root: string,
  ) {
    fs.mkdirSync(scratch, { recursive: true });
    this.library = path.join(scratch, "fate.so");
    this.order = path.join(scratch, "order");
    this.notes = path.join(scratch, "notes");
    this.count = path.join(scratch, "count");
    fs.writeFileSync(this.count, Buffer.alloc(8));
    requirePrograms(["g++"]);
    const flags = ["-shared", "-fPIC", "-O1", "-Wall", "-Werror"];
    execFileSync("g++", ["-x", "c", ...flags, "-o", this.library, SOURCE, "-ldl"]);
  }

  /** For `HandOptions.under`. */
  get under(): string[] {
    const files = [`FATE_ORDER=${this.order}`, `FATE_NOTES=${this.notes}`, `FATE_COUNT=${this.count}`];
    return ["env", `LD_PRELOAD=${this.library}`, `FATE_ROOT=${fs.realpathSync(this.root)}`, ...files];
  }

  /** Counting begins with the next operation, whoever does it. */
  let(who: "any" | Who, what: "note" | "die" | "half" | "full" | "once", number = 0): void {
    fs.rmSync(this.notes, { force: true });
    this.reset();
    fs.writeFileSync(this.order, `${who} ${what} ${number}\n`);
  }

  /** In place: readers have the file in their memory. */
  private reset(): void {
    const file = fs.openSync(this.count, "r+");
    fs.writeSync(file, Buffer.alloc(8), 0, 8, 0);
    fs.closeSync(file);
  }

  /** How many operations there were since the last order, of those that it is about. */
  counted(): number {
    return Number(fs.readFileSync(this.count).readBigInt64LE());
  }

  /** Nothing happens any more. */
  lift(): void {
    fs.rmSync(this.order, { force: true });
  }

  /** Resolves once no process is left of those that lived under it: somebody who was killed may take a moment to die. */
  async allGone(): Promise<void> {
    const isUnder = (process: string): boolean => {
      try {
        return fs.readFileSync(`/proc/${process}/environ`, "utf8").includes(`FATE_ORDER=${this.order}\0`);
      } catch {
        return false;
      }
    };
    while (fs.readdirSync("/proc").some(isUnder)) await new Promise(resolve => setTimeout(resolve, 10));
  }

  /** What was noted since the last order: everything, or at what it died. */
  noted(): Operation[] {
    if (!fs.existsSync(this.notes)) return [];
    const lines = fs.readFileSync(this.notes, "utf8").trim().split("\n");
    return lines.map(line => {
      const [who, process, what = "", ...rest] = line.split(" ");
      return { who: who as Who, process: Number(process), what, path: rest.join(" ") };
    });
  }
}
