// More › Diagnostics: what is in it, and what never is. The log: how much, and what is taken out of it.
import fs from "node:fs";
import path from "node:path";
import fc from "../support/node/fast-check";
import { expect } from "vitest";
import type { Hand } from "../support/node/hand";
import { FIND_LIBRARY, lua } from "../support/node/library";
import { openMenu } from "../support/node/menu-test";
import { ASH, type Household, pluginTest as test, readBook, settle } from "../support/node/plugin-test";

const TITLE = "The Ash Orchard";

const settingsFile = (hand: Hand, name: string): string => path.join(hand.dataDir, "settings", name);

/** The text of the screen, which begins with what it is. */
async function report(hand: Hand): Promise<string> {
  await openMenu(hand, "More", "Diagnostics…");
  return (await hand.screen()).find(text => text.startsWith("Ribbon's diagnostics")) ?? "no report";
}

test("the screen says how everything stands", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await readBook(hand, file, 15);
  await home.proxy.refuse();
  await readBook(hand, file, 12);
  const text = await report(hand);
  for (const line of [
    /^ {2}Ribbon: \d+\.\d+\.\d+, build [0-9a-f]{12}, bundle installed$/m,
    /^ {2}KOReader: v20\d\d/m,
    /^ {2}Device: Kobo_io \(Kobo\), screen 1072 x 1448, battery 80 %$/m,
    /^ {2}System: LuaJIT 2\.1/m,
    /^ {2}Libraries: SQLite 3\.\d+\.\d+, LuaSocket \d\S*, LuaSec \d\S*$/m,
    /^ {2}Storage: \d+(\.\d)? .B free of .*, write-ahead log yes$/m,
    /^ {2}Clock: 2026-05-04 \d\d:\d\d:\d\d UTC, zone \+0000, plausible$/m,
    /^ {2}1\. tome, key set$/m,
    /^ {2}address: http, port \d+, this device itself, path of 0, certificate by authority$/m,
    /^ {2}fails: refused, \d times in a row, next try in \d+ s$/m,
    /^ {2}rounds that ended well: \d, sent \d, last 2026-05-04 /m,
    /^ {2}rounds that ended with refused: \d, sent 0, last 2026-05-04 /m,
    /^ {2}waiting: 1 of kind session, oldest 2026-05-04 /m,
    /^ {2}shape: (\d) of \1, room for more$/m,
    /^ {2}no folder chosen$/m,
    /^ {2}worker 2026-05-04 .*: \d+ ms$/m,
    /^Log \(normal\)\n.* warn \S+ refused \(port \d+: connection refused\), next try in \d+ s$/m,
  ]) {
    expect(text).toMatch(line);
  }
  expect(text).not.toContain(TITLE);
});

test("the file holds what the screen shows, and titles only where the reader wants them", async ({ home }) => {
  const { hand, file } = await home.deviceWith(ASH);
  await home.proxy.refuse();
  await readBook(hand, file, 12);
  await report(hand);
  await hand.tap("Write the file");
  const said = (await hand.screen()).at(-1) ?? "";
  const where = /^The file to post is here:\n\n(\/.*\/ribbon-diagnostics\.txt)\n\n/.exec(said)?.[1] ?? "";
  await hand.back();
  expect((await hand.screen()).find(text => text.startsWith("Diagnostics: "))).toBe(`Diagnostics: ${where}`);
  const shown = (await hand.screen()).find(text => text.startsWith("Ribbon's diagnostics"));
  expect(fs.readFileSync(where, "utf8")).toBe(shown);
  const title = await bookTitle(hand);
  expect(shown).not.toContain(title);
  await hand.tap("With titles of books");
  await hand.tap("Write the file");
  expect(fs.readFileSync(where, "utf8")).toMatch(new RegExp(`^Books of which something waits\\n {2}${title}$`, "m"));
  expect(fs.readdirSync(hand.dataDir).filter(name => name.startsWith("ribbon-"))).toEqual(["ribbon-diagnostics.txt"]);
});

test("a file that cannot be written is no file, and the reader is told", async ({ home }) => {
  const hand = await home.device();
  fs.mkdirSync(path.join(hand.dataDir, "ribbon-diagnostics.txt.new"));
  await report(hand);
  await hand.tap("Write the file");
  expect((await hand.screen()).at(-1)).toMatch(/^The file could not be written/);
  fs.rmdirSync(path.join(hand.dataDir, "ribbon-diagnostics.txt.new"));
});

/** What the first book of the store is called. */
async function bookTitle(hand: Hand): Promise<string> {
  return (await hand.run(`${FIND_LIBRARY}
    return the_require("src.app.start").ribbon().runtime.books:facts(1).title`)) as string;
}

/** Something of a reader's, wherever it could stand. Letters only would be no key; a blank would be none of a host's. */
const word = fc.stringMatching(/^[a-z]{4}[0-9][a-z]{5,9}$/);
const phrase = fc.stringMatching(/^[A-Z][a-z]{6} [a-z]{5}: [a-z]{4}[0-9] \([a-z]{6}\)$/);
const markers = fc.record({
  key: word.map(text => `tk_${text}`),
  host: word,
  outside: word,
  folder: word,
  header: word,
  headerValue: word,
  connection: phrase,
  user: word,
  password: phrase,
  cloudHost: word,
  cloudFolder: phrase,
  cloudName: phrase,
  device: phrase,
  title: phrase,
  authors: phrase,
  file: phrase,
  strangePath: phrase,
  strangeHost: word,
  strangeKey: word.map(text => `${text}${text}7`),
  mail: word,
});
type Markers = typeof markers extends fc.Arbitrary<infer Found> ? Found : never;

/** Lines as a mistake of ours, a server, or an older Ribbon might leave them. */
const lines = (m: Markers): string[] => [
  `cannot open /home/${m.user}/books/${m.file}.epub: No such file or directory`,
  `cannot open /mnt/us/${m.strangePath}/x.epub`,
  `./books/${m.strangePath}.epub is gone`,
  `${m.host}: no such host, then ${m.host.toUpperCase()} again`,
  `moved to https://${m.strangeHost}.example.org:8443/${m.strangePath}`,
  `${m.strangeHost}.example.org answered, key ${m.strangeKey}`,
  `Authorization: Bearer ${m.key}`,
  `${m.header}: ${m.headerValue}`,
  `the server says "${m.title}" is lent to ${m.mail}@example.org`,
  `${m.connection} has no ${m.title} by ${m.authors}`,
  `${m.cloudName}: PUT ${m.cloudFolder} as ${m.user} with ${m.password} at ${m.cloudHost}`,
  `${m.device} is another device's name`,
];

const keep = (m: Markers): string => `${FIND_LIBRARY}
  local ribbon = the_require("src.app.start").ribbon()
  local settings = ribbon.runtime.settings
  settings:saveConnection(${lua({
    id: "main",
    kind: "tome",
    name: m.connection,
    url: `http://${m.host}.example.org:8080/${m.folder}`,
    outsideUrl: `https://${m.outside}`,
    key: m.key,
    headers: [{ name: m.header, value: m.headerValue }],
    pins: [{ place: `https://${m.outside}`, fingerprint: "ab".repeat(32) }],
  })})
  settings:saveSdr({ target = ${lua({
    kind: "webdav",
    name: m.cloudName,
    url: `https://${m.cloudHost}.example.org/dav`,
    folder: `${m.cloudFolder}/Ribbon`,
    user: m.user,
    password: m.password,
  })} })
  settings:setDeviceName(${lua(m.device)})
  ribbon.runtime.books:identify(${lua({ digest: m.key, file: `${m.file}.epub`, title: m.title, authors: m.authors })})
  ribbon.runtime.health:failed("main", ${lua({ reason: "timeout", detail: `${m.host}.example.org: timeout`, said: m.title })})
  for _, line in ipairs(${lua(lines(m))}) do ribbon.runtime.log:warn(line) end
  local log = io.open("settings/ribbon.log", "a")
  log:write(${lua(`${lines(m).join("\n")}\n`)})
  log:close()
  G_reader_settings:saveSetting("home_dir", ${lua(`/home/${m.user}/${m.strangePath}`)})
`;

const asked = "return ribbon.screens():upkeep():report(false)";

const leaks = (text: string, m: Markers): string[] =>
  Object.entries(m).flatMap(([what, value]) => (text.toLowerCase().includes(value.toLowerCase()) ? [what] : []));

async function manyReaders(
  home: Household,
  before = "",
): Promise<{ reports: string[]; leaked: string[]; log: string }> {
  const hand = await home.device({ isSetUp: false });
  await hand.run(`${FIND_LIBRARY} ${before}`);
  const found = { reports: [] as string[], leaked: [] as string[], log: "" };
  for (const m of fc.sample(markers, { numRuns: 25, seed: 21 })) {
    fs.rmSync(settingsFile(hand, "ribbon.log"), { force: true });
    const text = (await hand.run(`${keep(m)} ${asked}`)) as string;
    found.reports.push(text);
    found.leaked.push(...leaks(text, m));
    found.leaked.push(
      ...leaks(hand.log, m)
        .filter(what => !KNOWN_ONLY.includes(what))
        .map(what => `${what} (crash.log)`),
    );
  }
  await settle(hand);
  found.log = hand.log;
  return found;
}

/** Nothing but the settings and the store says that these words are the reader's: KOReader's own log has them all the time. */
const KNOWN_ONLY = [
  "host", "header", "headerValue", "connection", "title", "authors", "cloudName", "cloudFolder", "user", "password", "cloudHost", "device", "outside", "folder", "file",
]; // prettier-ignore

test("whatever a reader's things are called, none of it is in the report, nor a key or an address in the log", async ({
  home,
}) => {
  const { reports, leaked } = await manyReaders(home);
  expect(leaked).toEqual([]);
  for (const text of reports) {
    // The report is no empty one: every line came through, without what is the reader's.
    expect(text).toContain("cannot open (path) No such file or directory");
    expect(text).toContain("address: http, port 8080, a public name, path of 1, certificate by authority");
    expect(text).toContain("address: https, port 443, a name of a home network, path of 0, certificate pinned");
    expect(text).toContain("extra headers: 1");
    expect(text).toContain("folder: WebDAV, https, port 443, a public name, path of 1, certificate by authority");
    expect(text).toContain("fails: timeout");
  }
});

test("without the redaction the same search finds keys, paths and hosts: it can fail", async ({ home }) => {
  const off = `
    the_require("src.koreader.log-file")
    the_require("src.core.diagnosis.redact").redactLines = function(text) return text end`;
  const { leaked } = await manyReaders(home, off);
  expect(new Set(leaked)).toEqual(new Set(["strangePath", "strangeHost", "strangeKey", "mail"]));
});
