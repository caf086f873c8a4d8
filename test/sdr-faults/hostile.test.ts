// Somebody else writes into the folder, or is the server: nothing of it is run, nothing is written elsewhere, and memory is bounded.
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { Endless } from "../support/node/endless";
import { hostileDav } from "../support/node/hostile-dav";
import type { Hand } from "../support/node/hand";
import { type Household, pluginTest as test, TRAIN } from "../support/node/plugin-test";
import {
  folderTarget,
  markAll,
  marksIn,
  read,
  sdrDevice,
  syncHighlights,
  textsIn,
  twoDevices,
  withSync,
  bookOn,
} from "../support/node/sdr-devices";
import { type Attack, EVIL_STAMP, evilServer, LAST_CLOCK, register, segment } from "../support/node/sdr-attacker";
import type net from "node:net";

/** More than a run may take of memory, whatever it meets. */
const MOST_KIB = 50 * 1024;
/** Only for what hangs; all of it takes a minute on a busy machine. */
const PATIENT = { timeout: 300_000 };

/** Forgets the peak so far, and gives what is in use, in KiB. */
const watchMemory = (hand: Hand): Promise<unknown> =>
  hand.run(`
    collectgarbage() collectgarbage()
    local file = io.open("/proc/self/clear_refs", "w") file:write("5") file:close()
    return tonumber(io.open("/proc/self/status"):read("*a"):match("VmRSS:%s+(%d+)"))`);

const peak = (hand: Hand): Promise<unknown> =>
  hand.run(`return tonumber(io.open("/proc/self/status"):read("*a"):match("VmHWM:%s+(%d+)"))`);

/** A run that stays within its bounds; in this reader the worker is the same process. */
async function boundedSync(hand: Hand, what: string, most = MOST_KIB): Promise<number> {
  const before = (await watchMemory(hand)) as number;
  await syncHighlights(hand);
  await hand.advance(300);
  const more = ((await peak(hand)) as number) - before;
  expect(more, `KiB more: ${what}`).toBeLessThan(most);
  return more;
}

/** Every file of the household that is not of a kind that a device may write. */
function files(home: Household): string[] {
  const all = fs.readdirSync(home.folder, { recursive: true, encoding: "utf8" });
  const isOwn = (name: string): boolean =>
    /^(Kobo|Kindle)\/(settings\/ribbon|books\/[^/]*\.sdr|\.clock|history|settings\.reader|crash|cache)/.test(name) ||
    /^(shelf|cloud)/.test(name);
  return all.filter(name => !isOwn(name)).sort();
}

async function shared(home: Household) {
  const cloud = path.join(home.folder, "cloud");
  fs.mkdirSync(cloud);
  const devices = await twoDevices(home, folderTarget(cloud));
  await read(devices.kobo, devices.onKobo, () => markAll(devices.kobo, ["the ash tree"]));
  await read(devices.kindle, devices.onKindle);
  return { ...devices, cloud };
}

const settingsOf = (hand: Hand, file: string): Promise<unknown> =>
  hand.run(`
    local data = require("docsettings"):open(${JSON.stringify(file)}).data
    return { data.doc_path, data.partial_md5_checksum, data.cache_file_path or "none", data.cre_dom_version or "none",
      data.evil or "none", (data.summary or {}).status or "none", (data.summary or {}).rating or "none",
      (data.summary or {}).note or "none" }`);

test(
  "what is in files that prove themselves is data, and only what may travel gets into a book",
  PATIENT,
  async ({ home }) => {
    const { kobo, kindle, onKobo, onKindle, cloud } = await shared(home);
    const victim = path.join(home.folder, "Kobo/victim");
    fs.writeFileSync(victim, "of the reader");
    const was = path.join(home.folder, "ran");
    const code = `os.execute("touch ${was}")`;
    const words = [`]] .. ${code} .. [[`, `" .. ${code} .. "`, `\\" .. ${code} --`, `]==] ${code}`, `\n}\n${code}\n{`];
    const before = await settingsOf(kobo, onKobo);
    const book = `md5:${(before as string[])[1]}`;
    const fields = {
      "set.cache_file_path": victim,
      "set.doc_path": "/etc/passwd",
      "set.partial_md5_checksum": "0".repeat(32),
      "set.cre_dom_version": 1,
      "set.evil": code,
      "set.annotations": [],
      "summary.status": code,
      "summary.rating": { deep: [1] },
      "custom.title": words.join(" "),
      "place.evilevilev": { xp: code },
    };
    const annotation = (text: string, page: unknown) => ({
      p: register({ kind: "highlight", page, pos0: page, pos1: page, text, datetime: code, md5: book.slice(4) }),
      s: register({ drawer: code, color: code }),
      n: register({ note: text }),
    });
    const line = (b: string, f: object, a: object = {}) =>
      JSON.stringify({
        b,
        f: Object.fromEntries(Object.entries(f).map(([name, value]) => [name, register(value)])),
        a,
      });
    const annotations = Object.fromEntries(
      words.map((text, index) => [`${index}`.repeat(20), annotation(text, index % 2 === 0 ? { deep: [text] } : text)]),
    );
    const attacks: Attack[] = [
      segment([line(book, fields, annotations)], words[0]),
      segment([
        line("../../../../etc/passwd", fields),
        line(`md5:../${"0".repeat(29)}`, fields),
        line("links", fields),
      ]),
      segment([`${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`, `{"b":${'{"b":'.repeat(500_000)}`]),
      segment([code, `return ${code}`, "\u001bLJ\u0002\u0000"]),
      segment(Array.from({ length: 3000 }, (_, index) => line(`md5:${String(index).padStart(32, "0")}`, {}))),
      segment([
        line(book, Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`set.k${index}`, "x".repeat(200)]))),
      ]),
    ];
    const forged = segment([line(book, { "summary.note": "nobody wrote this" })]);
    attacks.push({
      ...forged,
      bytes: Buffer.from(forged.bytes.toString("latin1").replace("nobody", "no-one"), "latin1"),
    });
    for (const { name, bytes } of attacks) fs.writeFileSync(path.join(cloud, name), bytes);
    // Of a book that was never opened here, in each of the places where KOReader would have written it.
    const unopened = bookOn(kobo, TRAIN).replace(/epub$/, "sdr");
    const places = [
      unopened,
      path.join(kobo.dataDir, "docsettings", unopened),
      path.join(kobo.dataDir, "hashdocsettings/aa/aa.sdr"),
    ];
    for (const place of places) {
      fs.mkdirSync(place, { recursive: true });
      for (const name of ["metadata.epub.lua", "metadata.epub.lua.old", "custom_metadata.lua", "x.annotations.lua"])
        fs.writeFileSync(
          path.join(place, name),
          `${code}\nreturn { ["annotations"] = (function() ${code} return {} end)() }\n`,
        );
    }
    // What a reader really writes may look like that, too.
    await read(kindle, onKindle, () => markAll(kindle, words));
    const around = files(home);
    const more = await boundedSync(kobo, "hostile segments");
    await read(kobo, onKobo);
    await read(kindle, onKindle);
    for (const hand of [kindle, kobo]) await syncHighlights(hand);
    console.log(`hostile segments: ${more} KiB more at the peak`);
    const after = (await settingsOf(kobo, onKobo)) as string[];
    expect(after.slice(0, 5)).toEqual((before as string[]).slice(0, 5));
    expect(after).not.toContain(code);
    expect(fs.readFileSync(victim, "utf8")).toBe("of the reader");
    expect(fs.existsSync(was), "something was run").toBe(false);
    expect(files(home)).toEqual(around);
    for (const [hand, file] of [
      [kobo, onKobo],
      [kindle, onKindle],
    ] as const)
      // prettier-ignore
      expect(await textsIn(hand, file)).toEqual(expect.arrayContaining(["the ash tree", ...words]));
    expect(after).not.toContain("no-one wrote this");
    await read(kobo, onKobo, () => kobo.editNote("the ash tree", "first"));
    for (const hand of [kobo, kindle]) await syncHighlights(hand);
    expect((await marksIn(kindle, onKindle)).find(({ text }) => text === "the ash tree")?.note).toBe("first");
    await read(kindle, onKindle, () => kindle.editNote("the ash tree", "then"));
    for (const hand of [kindle, kobo]) await syncHighlights(hand);
    expect((await marksIn(kobo, onKobo)).find(({ text }) => text === "the ash tree")?.note).toBe("then");
    expect((await marksIn(kobo, onKobo)).every(({ color }) => color !== code)).toBe(true);
  },
);

/** At the end of all texts, and of those that are stamps: it would hold the clocks of all others there. */
test.for(["v".repeat(12), LAST_CLOCK])(
  "a clock at its end (%s), heard while the reader has a book open, takes away nobody's next word",
  async (clock, { home }) => {
    const { kobo, kindle, onKobo, onKindle, cloud } = await shared(home);
    const noteOn = async (...[hand, file]: Parameters<typeof marksIn>) => (await marksIn(hand, file))[0]?.note;
    for (const [speaker, book, hearer, copy] of [
      [kobo, onKobo, kindle, onKindle],
      [kindle, onKindle, kobo, onKobo],
    ] as const) {
      await read(speaker, book, () => speaker.editNote("the ash tree", "before"));
      for (const hand of [speaker, hearer]) await syncHighlights(hand);
      expect(await noteOn(hearer, copy)).toBe("before");
      const { name, bytes } = segment([JSON.stringify({ b: `md5:${"0".repeat(32)}`, f: {}, a: {} })], "Phone", clock);
      await read(speaker, book, async () => {
        fs.writeFileSync(path.join(cloud, name), bytes);
        await syncHighlights(speaker);
        await speaker.editNote("the ash tree", "afterwards");
      });
      for (const hand of [speaker, hearer]) await syncHighlights(hand);
      expect(await noteOn(hearer, copy)).toBe("afterwards");
    }
  },
);

test("a segment as long as one may be takes no more memory than there is on a reader", PATIENT, async ({ home }) => {
  const { kobo, kindle, onKobo, cloud } = await shared(home);
  const long = "x".repeat(3000);
  const many = Array.from({ length: 2400 }, (_, index) =>
    JSON.stringify({ b: `md5:${String(index).padStart(32, "0")}`, f: { "summary.note": register(long) }, a: {} }),
  );
  const { name, bytes } = segment(many);
  expect(bytes.length).toBeGreaterThan(7_000_000);
  fs.writeFileSync(path.join(cloud, name), bytes);
  console.log(`7 MB in one segment: ${await boundedSync(kobo, name, 2 * MOST_KIB)} KiB more at the peak`);
  // Shorter than a line may be, and of more values.
  const values = segment([
    `{"a":{},"b":"md5:${"0".repeat(32)}","f":{"set.many":[["${EVIL_STAMP}",[${"0,".repeat(1_900_000)}0]]]}}`,
  ]);
  fs.writeFileSync(path.join(cloud, values.name), values.bytes);
  console.log(`a line of 1.9 million values: ${await boundedSync(kobo, values.name)} KiB more at the peak`);
  await read(kobo, onKobo, () => markAll(kobo, ["after it"]));
  await boundedSync(kindle, name, 2 * MOST_KIB);
  expect(await withSync(kobo, "return sdr:status().unsent")).toBe(0);
});

/** A device with a highlight that syncs with a server whose answers are what they are. */
async function against(home: Household, url: string, folder: string) {
  const target = `kind = "webdav", name = "x", url = "${url}", folder = "${folder}", user = "u", password = "p"`;
  const kobo = await sdrDevice(home, "Kobo", target);
  const file = bookOn(kobo);
  await read(kobo, file, () => markAll(kobo, ["the ash tree"]));
  return { kobo, file };
}

test("a server whose listing lies gets nowhere with it", async ({ home }) => {
  const endless = new Endless();
  const server = await evilServer(endless);
  const { kobo, file } = await against(home, server.origin, "x");
  await withSync(kobo, "sdr:applyPreview()");
  const around = files(home);
  const more = await boundedSync(kobo, "a lying listing");
  console.log(`a lying listing: ${more} KiB more at the peak; asked ${server.asked.length} times`);
  const got = server.asked.filter(each => each.startsWith("GET"));
  expect(got.length).toBeGreaterThan(2);
  expect(endless.taken, "answers without an end that were taken whole").toBe(0);
  for (const each of got) expect(each).toMatch(/^GET \/x\/evilevilev-00000[1237]-d-\d+-0123456789abcdef\.txt$/);
  expect(files(home)).toEqual(around);
  expect(await textsIn(kobo, file)).toEqual(["the ash tree"]);
  server.close();
});

test("a server that is broken or worse costs time, and nothing else", PATIENT, async ({ home }) => {
  const endless = new Endless();
  const server = hostileDav(endless);
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const { kobo, file } = await against(home, url, "names");
  const around = files(home);
  const costs: Record<string, number> = {};
  const kinds = [
    "names",
    "styles",
    "size",
    "bomb",
    "entity",
    "deep",
    "cut",
    "astray",
    "html",
    "other",
    "longtag",
    "longtext",
    "empty",
  ];
  for (const kind of [...kinds, "many20001", "many400000", "sized", "endless", "stranger", "portal", "loop", "ntlm"]) {
    await withSync(
      kobo,
      `sdr:choose({ kind = "webdav", name = "x", url = "${url}", folder = "${kind}", user = "u", password = "p" })`,
    );
    costs[kind] = await boundedSync(kobo, kind);
    expect(await withSync(kobo, "return sdr:status().state.kind"), kind).not.toBe("running");
    expect(await textsIn(kobo, file), kind).toEqual(["the ash tree"]);
    expect(endless.taken, kind).toBe(0);
  }
  console.log("KiB more at the peak:", JSON.stringify(costs));
  expect(files(home)).toEqual(around);
  server.close();
  server.closeAllConnections();
  // With a folder that is one, everything is there.
  const cloud = path.join(home.folder, "cloud");
  fs.mkdirSync(cloud);
  await withSync(kobo, `sdr:choose({ kind = "folder", path = "${cloud}" })`);
  await syncHighlights(kobo);
  const kindle = await sdrDevice(home, "Kindle", folderTarget(cloud));
  const onKindle = bookOn(kindle);
  await read(kindle, onKindle);
  await syncHighlights(kindle);
  await withSync(kindle, "sdr:applyPreview()");
  await kindle.advance(30);
  expect(await textsIn(kindle, onKindle)).toEqual(["the ash tree"]);
});
