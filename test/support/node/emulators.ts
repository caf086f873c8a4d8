// An emulator with a KOReader and a compiler that only behave as such.
import fs from "node:fs";
import path from "node:path";
import { runEmulator, type Wishes } from "../../../src/cli/emulator/emulator";
import type { Workshop } from "../../../src/cli/emulator/workshop";
import { fakeKOReader, type Step } from "./fake-koreader";
import { tempDir } from "./temp-dir";

/** A compiler whose builds a test makes: each writes its text into the plugin. */
export class FakeWorkshop implements Workshop {
  readonly pluginDir = tempDir();
  isClosed = false;
  private tell: (isBuilt: boolean) => void = () => undefined;

  constructor(private readonly first: string | null = "first") {}

  build(): Promise<void> {
    if (this.first === null) return Promise.reject(new Error("the plugin could not be built"));
    this.write(this.first);
    return Promise.resolve();
  }

  watch(tell: (isBuilt: boolean) => void) {
    this.tell = tell;
    this.change(this.first);
    const close = () => {
      this.isClosed = true;
      return Promise.resolve();
    };
    return { close };
  }

  /** @param text of the plugin; null does not compile */
  change(text: string | null): void {
    if (text !== null) this.write(text);
    this.tell(text !== null);
  }

  private write(text: string): void {
    fs.writeFileSync(path.join(this.pluginDir, "ribbon.lua"), text);
  }
}

/** An emulator that runs: what it prints, and ways to wait for it and to end it. */
export class Emulator {
  readonly lines: string[] = [];
  readonly home: string;
  readonly ended: Promise<void>;
  private readonly stopper = new AbortController();

  constructor(
    steps: readonly Step[],
    { home = path.join(tempDir(), "home"), ...wishes }: Partial<Wishes> = {},
    readonly workshop = new FakeWorkshop(),
  ) {
    this.home = home;
    const all: Wishes = {
      koreader: { kind: "folder", folder: fakeKOReader(steps) },
      home,
      isFresh: false,
      screen: { width: 600, height: 800, isHeadless: true },
      hasServer: false,
      isKept: false,
      isWatching: false,
      isVerbose: false,
      ...wishes,
    };
    const print = (line: string) => void this.lines.push(...line.split("\n"));
    this.ended = runEmulator(all, { workshop, print, stop: this.stopper.signal });
    this.ended.catch(() => undefined);
  }

  /** What was printed so far. */
  get said(): string {
    return this.lines.join("\n");
  }

  stop(): Promise<void> {
    this.stopper.abort();
    return this.ended;
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.home, file), "utf8");
  }
}
