import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { Shelf } from "../../src/shelf/shelf";
import { compileLua } from "../../scripts/compile-lua.mjs";
import { languages } from "../../scripts/po-files.mjs";
import { writeRelease } from "../../scripts/release.mjs";
import { Certificates } from "../support/node/certificates";
import { writeHarbour } from "./harbour";
import { TlsFront } from "../support/node/tls-front";

/** Where a scenario plays: a server, and a folder with the device's data in `home`. */
export interface Stage {
  readonly shelf: Shelf;
  readonly key: string;
  readonly folder: string;
  /** Gives the device another address for its server. */
  connect(url: string): void;
}

/** One run of KOReader among several. */
export interface Act {
  /** The device's data folder, below the scenario's. */
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What a scenario prepared. */
export interface Props {
  /** For the script. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Without them KOReader runs once, in `home`. */
  readonly acts?: readonly Act[];
  /** Whether an act may end like this; without it each has to end with 0. */
  mayEnd?(act: number, status: number): boolean;
  /** After each act that came to its end. */
  between?(index: number): void;
  close?(): Promise<void>;
}

export interface Scenario {
  /** What a reader may rely on. */
  readonly promise: string;
  /** In this folder. */
  readonly script: string;
  /** For `--only`, where several scenarios share one script. */
  readonly name?: string;
  /** False: no server was entered yet. */
  readonly isSetUp?: boolean;
  /** KOReader without the plugin, to compare with. */
  readonly isBare?: boolean;
  /** True: the scenario itself puts the plugin onto the device. */
  readonly isCopied?: boolean;
  /** Fills the server's folder; without it the server has the books that lie on the device. */
  library?(folder: string): Promise<void>;
  /** The plugin that the server hands out, below this folder; without it the one that runs. */
  offers?(folder: string): string;
  before?(stage: Stage): Promise<Props>;
  /** Throws when the server does not have what the script should have brought it. */
  after(stage: Stage): void;
}

async function putPosition({ shelf, key }: Stage, title: string, percentage: number): Promise<void> {
  const book = shelf.books().find(row => row.title === title);
  const answer = await fetch(`${shelf.origin}/api/tome-sync/position/${book?.id ?? 0}`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ progress: null, percentage, device: "web" }),
  });
  assert.equal(answer.status, 200);
}

/** The server, also behind a certificate that it signed itself. */
async function withTls({ shelf, key, folder }: Stage): Promise<Props> {
  const certificates = path.join(folder, "certificates");
  fs.mkdirSync(certificates);
  const own = new Certificates(certificates).make("own", "own", { names: "DNS:localhost" });
  const front = await TlsFront.start(own, () => Number(new URL(shelf.origin).port));
  const environment = { RIBBON_ADDRESS: shelf.origin, RIBBON_KEY: key, RIBBON_TLS: front.url };
  return { environment, close: () => front.close() };
}

/** A sync of highlights that does what a script says, compiled for the script to load. */
function withFakeSdr({ folder }: Stage): Promise<Props> {
  const fakes = path.join(folder, "fakes");
  compileLua({ roots: ["test/support/lua/fake-sdr.ts"], outDir: fakes });
  return Promise.resolve({ environment: { RIBBON_FAKES: fakes } });
}

/** What was built, as if it were a later version. */
function newerPlugin(folder: string): string {
  const plugin = path.join(folder, "newer");
  fs.cpSync("koplugin/ribbon.koplugin", plugin, { recursive: true });
  const notes = "- Two devices agree faster on where you are.\n- A book that was moved twice is still the same book.";
  writeRelease(plugin, { version: "9.0.0", notes });
  return plugin;
}

/** The languages that the plugin speaks. */
const LANGUAGES = ["en", ...languages()];

const tours = LANGUAGES.map((language): Scenario => {
  return {
    promise: `whatever the menu opens has room for its words in ${language}`,
    script: "tour.lua",
    name: `tour.${language}`,
    before: () => Promise.resolve({ environment: { RIBBON_LANGUAGE: language } }),
    after: () => undefined,
  };
});

/** The same in German: a patch gives KOReader the language, whose catalogue a development build lacks. */
function inGerman({ promise, script, before, ...scenario }: Scenario): Scenario {
  return {
    ...scenario,
    promise: `In German: ${promise}`,
    script: "translated.lua",
    name: `german.${script}`,
    before: async stage => {
      const patches = path.join(stage.folder, "home/patches");
      fs.mkdirSync(patches, { recursive: true });
      fs.writeFileSync(path.join(patches, "1-german.lua"), 'require("gettext").current_lang = "de"\n');
      const props = await before?.(stage);
      return { ...props, environment: { ...props?.environment, RIBBON_LANGUAGE: "de", RIBBON_SCRIPT: script } };
    },
  };
}

/** Those whose scripts say what they tap and read with `D.find`, `D.menu` and `D.has_text` only. */
const TRANSLATED = ["screens.lua", "highlights.lua", "library.lua", "toasts.lua"];

const inEnglish: readonly Scenario[] = [
  {
    promise: "what Ribbon says over a page is shown whole, for long enough, and goes with the next tap",
    script: "toasts.lua",
    // The tap that ended a toast turned the page, too.
    after: ({ shelf }) => {
      assert.deepEqual(
        shelf.sessions().map(({ pagesTurned }) => pagesTurned),
        [1],
      );
    },
  },
  {
    promise: "the diagnostics tell nothing of the reader, and KOReader's plugin manager deletes all that is ours",
    script: "upkeep.lua",
    after: ({ shelf }) => {
      assert.deepEqual(shelf.sessions(), []);
    },
  },
  {
    promise: "a key goes where the reader wants it, and a certificate is compared before",
    script: "connections.lua",
    isSetUp: false,
    before: withTls,
    after: ({ shelf }) => {
      assert.deepEqual(shelf.sessions(), []);
    },
  },
  {
    promise: "a device is let in with a code that it shows, and gets a key of its own",
    script: "code.lua",
    isSetUp: false,
    before: async ({ shelf }) => ({
      environment: { RIBBON_ADDRESS: shelf.origin, RIBBON_LOGIN: await shelf.loginToken() },
    }),
    after: ({ folder }) => {
      const settings = fs.readFileSync(path.join(folder, "home/settings/ribbon.lua"), "utf8");
      assert.match(settings, /\["key"\] = "tk_/);
    },
  },
  {
    promise: "a book read with a nap in the middle is two sessions and one place on the server",
    script: "one-book.lua",
    after: ({ shelf }) => {
      const sessions = shelf.sessions();
      assert.deepEqual(
        sessions.map(({ title, pagesTurned, device }) => ({ title, pagesTurned, device })),
        [12, 11].map(pagesTurned => ({ title: "The Ferry Keeper", pagesTurned, device: "Emulator" })),
      );
      const [position] = shelf.positions();
      assert.equal(position?.percentage, sessions[1]?.progressEnd);
      assert.match(position?.progress ?? "", /^\/body(\[1\])?\/DocFragment/);
    },
  },
  {
    promise: "a book that another device read on opens where that device left it, and Back comes back",
    script: "ahead.lua",
    before: async stage => {
      await putPosition(stage, "A Lamp for the Harbour", 0.6);
      return { environment: { RIBBON_BEFORE: "0.6" } };
    },
    // Going back at once and closing the book is no reading: the other device's place stays.
    after: ({ shelf }) => {
      assert.deepEqual(shelf.sessions(), []);
      assert.equal(shelf.positions()[0]?.device, "web");
      assert.equal(shelf.positions()[0]?.percentage, 0.6);
    },
  },
  {
    promise: "every menu and every dialog can be reached, from the first run on",
    script: "screens.lua",
    isSetUp: false,
    offers: newerPlugin,
    before: ({ shelf, key }) => Promise.resolve({ environment: { RIBBON_ADDRESS: shelf.origin, RIBBON_KEY: key } }),
    after: ({ shelf }) => {
      assert.ok(shelf.sessions().length > 0);
    },
  },
  {
    promise: "where downloads go is chosen, and a template shows what it makes with every letter",
    script: "download-settings.lua",
    after: ({ folder }) => {
      const settings = fs.readFileSync(path.join(folder, "home/settings/ribbon.lua"), "utf8");
      assert.ok(settings.includes("{Upper(author)}/{series} {volume:00}, {title}"));
      assert.match(settings, /"cbz epub kepub\.epub pdf/);
    },
  },
  {
    promise: "a series is found on the server, downloaded, opened and read",
    script: "library.lua",
    library: writeHarbour,
    before: ({ shelf, key }) => Promise.resolve({ environment: { RIBBON_ADDRESS: shelf.origin, RIBBON_KEY: key } }),
    after: ({ shelf }) => {
      assert.deepEqual(
        shelf.sessions().map(({ title, pagesTurned }) => ({ title, pagesTurned })),
        [{ title: "The Blue Door", pagesTurned: 11 }],
      );
    },
  },
  {
    promise: "every screen of the highlights' sync can be read, reached and left, with keys only, too",
    script: "highlights.lua",
    before: withFakeSdr,
    after: ({ shelf }) => {
      assert.deepEqual(shelf.sessions(), []);
    },
  },
  {
    promise: "a Kobo sends what was just read before its network goes off",
    script: "kobo.lua",
    after: ({ shelf }) => {
      assert.deepEqual(
        shelf.sessions().map(({ pagesTurned }) => pagesTurned),
        [11, 10],
      );
    },
  },
  {
    promise: "highlights are read, written into a closed book, and delivered into one that opens or is on screen",
    script: "sidecars.lua",
    before: () => Promise.resolve({ environment: { RIBBON_BUILD: path.resolve("build/plugin") } }),
    after: ({ folder }) => {
      const left = fs.readdirSync(path.join(folder, "home/books"), { recursive: true, encoding: "utf8" });
      // Uninstalled, a plugin leaves nothing among the books.
      assert.deepEqual(
        left.filter(file => /ribbon/i.test(file)),
        [],
      );
    },
  },
  ...tours,
];

export const scenarios: readonly Scenario[] = inEnglish.concat(
  inEnglish.filter(({ script }) => TRANSLATED.includes(script)).map(inGerman),
);
