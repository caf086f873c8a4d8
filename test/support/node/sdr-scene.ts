// Two devices and a folder at the moment before a run that has something of everything to do; again and again.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Hand } from "./hand";
import { ASH, type DeviceOptions, type Household, settle, TRAIN } from "./household";
import {
  bookOn,
  folderTarget,
  type Mark,
  markAll,
  marksIn,
  read,
  sdrDevice,
  syncHighlights,
  type TargetFields,
  withSync,
} from "./sdr-devices";

const DEVICES = ["Kobo", "Kindle"] as const;
export type DeviceName = (typeof DEVICES)[number];

/** Nothing runs but what a spec begins. */
const ONLY_BY_TAP = "options = { atClose = false, whenConnected = false }";

/** By book, what both devices have to have in the end. */
const ALL: Readonly<Record<string, readonly string[]>> = {
  [ASH]: ["by the Kindle", "by the Kobo", "by the Kobo, too", "the ash tree"],
  [TRAIN]: ["again by the Kindle", "in the train"],
};

export interface Expected {
  /** Highlights of the first book that there are besides. */
  readonly more?: readonly string[];
  /** A note that came, and that the store forgot, may be taken for the Kobo's own. */
  readonly mayRepeat?: boolean;
}

export class Scene {
  private constructor(
    readonly home: Household,
    readonly target: TargetFields,
  ) {}

  get cloud(): string {
    return path.join(this.home.folder, "cloud");
  }

  /** The devices and the folder at that moment. */
  get still(): string {
    return path.join(this.home.folder, "still");
  }

  /** @param target a folder of this machine, unless it is another place */
  static async of(home: Household, target?: TargetFields): Promise<Scene> {
    const scene = new Scene(home, target ?? folderTarget(path.join(home.folder, "cloud")));
    fs.mkdirSync(scene.cloud, { recursive: true });
    await scene.live();
    for (const name of [...DEVICES, "cloud"])
      fs.cpSync(path.join(home.folder, name), path.join(scene.still, name), {
        recursive: true,
        preserveTimestamps: true,
      });
    return scene;
  }

  device(name: DeviceName, options: DeviceOptions = {}): Promise<Hand> {
    return sdrDevice(this.home, name, this.target, options, ONLY_BY_TAP);
  }

  /** Where a book lies on a device. */
  book(name: DeviceName, book: string): string {
    return path.join(fs.realpathSync(this.home.folder), name, "books", book);
  }

  /** What the Kobo has to send, and what waits for it: new ones, a note, a deletion, in two books. */
  private async live(): Promise<void> {
    const kobo = await this.device("Kobo");
    const kindle = await this.device("Kindle");
    for (const hand of [kobo, kindle]) {
      for (const book of [ASH, TRAIN]) bookOn(hand, book);
      await syncHighlights(hand);
    }
    await read(kobo, this.book("Kobo", ASH), () => markAll(kobo, ["the ash tree", "to be deleted"]));
    await read(kobo, this.book("Kobo", TRAIN), () => markAll(kobo, ["in the train"]));
    for (const hand of [kobo, kindle, kobo]) await syncHighlights(hand);
    for (const book of [ASH, TRAIN]) await read(kindle, this.book("Kindle", book));
    await read(kindle, this.book("Kindle", ASH), async () => {
      await kindle.turn(8, 20);
      await kindle.highlight("by the Kindle");
      await kindle.editNote("the ash tree", "a word of the Kindle");
      await kindle.removeHighlight("to be deleted");
    });
    await read(kindle, this.book("Kindle", TRAIN), async () => {
      await kindle.turn(8, 20);
      await kindle.highlight("again by the Kindle");
    });
    await syncHighlights(kindle);
    await kobo.openBook(this.book("Kobo", ASH));
    await settle(kobo);
    await markAll(kobo, ["by the Kobo", "by the Kobo, too"]);
    // Nobody looks at it before the run.
    await kobo.closeBook();
    for (const hand of [kobo, kindle]) await hand.exit();
  }

  /** Everything as it was at that moment. */
  again(): void {
    for (const name of [...DEVICES, "cloud"]) {
      const place = path.join(this.home.folder, name);
      fs.rmSync(place, { recursive: true, force: true });
      fs.cpSync(path.join(this.still, name), place, { recursive: true, preserveTimestamps: true });
    }
  }

  async marks(hand: Hand, name: DeviceName, book: string): Promise<Mark[]> {
    return marksIn(hand, this.book(name, book));
  }

  async texts(hand: Hand, name: DeviceName, book: string): Promise<string[]> {
    return (await this.marks(hand, name, book)).map(({ text }) => text);
  }

  /**
   * After one clean sync of each, and another of the first, both have it all, and nothing lies about. The Kindle changes its mind
   * before: where what it had said is taken for the Kobo's own word, both words stand there.
   */
  async expectAll(kobo: Hand, when: string, { more = [], mayRepeat = false }: Expected = {}): Promise<void> {
    const kindle = await this.device("Kindle");
    await read(kindle, this.book("Kindle", ASH), () => kindle.editNote("the ash tree", "another word of the Kindle"));
    for (const hand of [kobo, kindle, kobo]) await syncHighlights(hand);
    for (const [hand, name] of [
      [kobo, "Kobo"],
      [kindle, "Kindle"],
    ] as const) {
      // prettier-ignore
      for (const book of [ASH, TRAIN]) expect(await this.texts(hand, name, book), `${when}: ${book} on ${name}`).toEqual(ALL[book]?.concat(book === ASH ? more : []).sort());
      const [tree] = (await this.marks(hand, name, ASH)).filter(({ text }) => text === "the ash tree");
      const note = mayRepeat ? tree?.note?.split("\n").at(-1) : tree?.note;
      expect(note, `${when}: the note on ${name}`).toBe("another word of the Kindle");
      expect(await withSync(hand, "return sdr:status().unsent"), `${when}: nothing waits`).toBe(0);
      expect(this.leftOn(name), `${when}: left lying about`).toEqual([]);
    }
    for (const hand of [kobo, kindle]) await hand.exit();
  }

  /** Files that only somebody who died leaves. */
  private leftOn(name: DeviceName): string[] {
    const all = fs.readdirSync(path.join(this.home.folder, name), { recursive: true, encoding: "utf8" });
    return all.filter(file => file.endsWith(".part") || /ribbon-sdr-spool\/(in|out)\/./.test(file));
  }
}
