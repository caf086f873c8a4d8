// A household whose device has Ribbon installed by hand, and whose server offers another version of it.
import fs from "node:fs";
import path from "node:path";
import { type DeviceOptions, Household } from "./household";
import type { Hand } from "./hand";

export type { Hand } from "./hand";
import type { Fault } from "./proxy";
import { type Change, makeVersion, OWN, type Update, updateOf } from "./versions";

/** Where Shelf offers releases. */
const OFFERED = "/api/ribbon/release/";

/** What goes wrong with a request for a package, or for release.json: nothing where it gives nothing. */
type Wrong = (file: string, well: Fault) => Fault | undefined;

export class UpdateHome {
  /** False: what was read waits on the device. */
  takesSessions = true;
  private made = 0;
  private readonly requests: string[] = [];

  private constructor(readonly home: Household) {}

  static async found(): Promise<UpdateHome> {
    const home = await Household.found();
    const own = new UpdateHome(home);
    own.installByHand(OWN);
    return own;
  }

  get plugin(): string {
    return path.join(this.home.folder, "Kobo/plugins/ribbon.koplugin");
  }

  /** Unpacks a version over what is there, as whoever copies a folder does. */
  installByHand(version: string, change?: Change): void {
    fs.cpSync(this.version(version, change), this.plugin, { recursive: true, force: true });
  }

  /** A version as it would be published. */
  make(version: string, change?: Change, notes?: string): Update {
    return updateOf(this.version(version, change, notes));
  }

  /** The server offers this from now on. */
  offer({ release, bytes, version }: Update, wrong: Wrong = () => undefined): void {
    this.home.proxy.fail(({ path: at }) => {
      if (at.endsWith("/session") && !this.takesSessions) return { kind: "status", status: 503 };
      if (!at.startsWith(OFFERED)) return undefined;
      const file = at.slice(OFFERED.length);
      this.requests.push(file);
      const well = answer(file, `ribbon-${version}.update`, release, bytes);
      return wrong(file, well) ?? well;
    });
  }

  /** The server knows nothing of Ribbon's releases. */
  offerNothing(): void {
    this.home.proxy.fail(({ path: at }) =>
      at.startsWith(OFFERED) ? { kind: "status", status: 404, detail: "Not Found" } : undefined,
    );
  }

  /** How often release.json was asked for. */
  asked(): number {
    return this.requests.filter(file => file === "release.json").length;
  }

  start(options: DeviceOptions = {}): Promise<Hand> {
    return this.home.device({ plugin: [], ...options });
  }

  /** What active.txt says. */
  active(): string {
    return fs.readFileSync(path.join(this.plugin, "active.txt"), "utf8");
  }

  /** The versions beside the one that was installed by hand. */
  folders(): string[] {
    const updates = path.join(this.plugin, "updates");
    return fs.existsSync(updates) ? fs.readdirSync(updates).sort() : [];
  }

  deleteUpdates(): void {
    fs.rmSync(path.join(this.plugin, "updates"), { recursive: true });
  }

  private version(version: string, change?: Change, notes?: string): string {
    this.made += 1;
    return makeVersion(path.join(this.home.folder, "versions", `${this.made}`), version, change, notes);
  }
}

function answer(file: string, packageName: string, release: string, bytes: Buffer): Fault {
  if (file === "release.json") {
    return { kind: "answer", status: 200, headers: { "content-type": "application/json" }, body: release };
  }
  if (file !== packageName) return { kind: "status", status: 404, detail: "Not offered any more" };
  return { kind: "answer", status: 200, headers: { "content-type": "application/octet-stream" }, body: bytes };
}

/** The version that runs, as the plugin itself says it. */
export async function running(hand: Hand): Promise<string> {
  await hand.tapMenu("Tools", "Ribbon", "More", "About Ribbon");
  const text = (await hand.screen()).join("\n");
  while ((await hand.screen()).length > 0) await hand.back();
  return /Ribbon (\d\S+)/.exec(text)?.[1] ?? `nothing in: ${text}`;
}

/** Looks for an update on the screen of updates; what is shown then. */
export async function look(hand: Hand): Promise<string> {
  await hand.tapMenu("Tools", "Ribbon", "More", "Updates…");
  await hand.tap("Look for an update");
  await hand.advance(5);
  return (await hand.screen()).join("\n");
}

/** Looks for a version and installs it; what is shown at the end. */
export async function install(hand: Hand, version: string): Promise<string> {
  await look(hand);
  await hand.tap(`Install ${version}`);
  await hand.advance(30);
  return (await hand.screen()).join("\n");
}
