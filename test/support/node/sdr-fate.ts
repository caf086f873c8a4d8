// A reader to whom something happens at one of its file operations: fate.c, and the orders that it is given.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { requirePrograms } from "../../../scripts/debian.mjs";

const SOURCE = fileURLToPath(new URL("../../sdr-faults/fate.c", import.meta.url));

export interface Operation {
  readonly who: "parent" | "worker";
  /** The name of the function of the C library. */
  readonly what: string;
  readonly path: string;
}

export class Fate {
  private readonly library: string;
  private readonly order: string;
  private readonly notes: string;

  /** @param scratch for the compiled library, orders and notes; @param root what is counted happens below it */
  constructor(
    scratch: string,
    private readonly root: string,
  ) {
    fs.mkdirSync(scratch, { recursive: true });
    this.library = path.join(scratch, "fate.so");
    this.order = path.join(scratch, "order");
    this.notes = path.join(scratch, "notes");
    requirePrograms(["g++"]);
    const flags = ["-shared", "-fPIC", "-O1", "-Wall", "-Werror"];
    execFileSync("g++", ["-x", "c", ...flags, "-o", this.library, SOURCE, "-ldl"]);
  }

  /** For `HandOptions.under`. */
  get under(): string[] {
    const places = [`FATE_ROOT=${fs.realpathSync(this.root)}`, `FATE_ORDER=${this.order}`, `FATE_NOTES=${this.notes}`];
    return ["env", `LD_PRELOAD=${this.library}`, ...places];
  }

  /** Counting begins with the next operation. */
  let(who: "any" | "parent" | "worker", what: "note" | "die" | "half" | "full", number = 0): void {
    fs.rmSync(this.notes, { force: true });
    fs.writeFileSync(this.order, `${who} ${what} ${number}\n`);
  }

  /** Nothing happens any more. */
  lift(): void {
    fs.rmSync(this.order, { force: true });
  }

  /** What was noted since the last order: everything, or at what it died. */
  noted(): Operation[] {
    if (!fs.existsSync(this.notes)) return [];
    const lines = fs.readFileSync(this.notes, "utf8").trim().split("\n");
    return lines.map(line => {
      const [who, what = "", ...rest] = line.split(" ");
      return { who: who as Operation["who"], what, path: rest.join(" ") };
    });
  }
}
