// A real WebDAV server for the highlights of several devices, and what such a device has from the start.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { SAMPLE_BOOKS, sampleEpub, type SampleBook } from "../../scripts/sample-books.mjs";
import { Proxy } from "../support/node/proxy";
import { PASSWORD, startDavServers, USER } from "../support/node/webdav-servers";

/** An annotation, as `marking.lua` tells of it. */
export interface Mark {
  readonly text: string;
  readonly note: string;
  readonly color: string;
  readonly page: string;
  readonly pageno: number;
  /** Where KOReader finds `page`, and the text it finds there. */
  readonly reckoned: number;
  readonly there: string;
}

export interface Cloud {
  /** Between the devices and the server. */
  readonly proxy: Proxy;
  /** Of the devices' settings, in Lua. */
  readonly target: string;
  /** On this machine. */
  readonly files: string;
  close(): Promise<void>;
}

/** @param name of a server: "apache basic". Throws where it cannot be had. */
export async function startCloud(folder: string, name: string): Promise<Cloud> {
  fs.chmodSync(folder, 0o755);
  const files = path.join(folder, "cloud");
  const small = path.join(folder, "small");
  for (const each of [files, small]) fs.mkdirSync(each);
  const servers = await startDavServers(files, small);
  const place = servers.places.find(each => each.name === name);
  if (place === undefined) {
    await servers.close();
    throw new Error(`${name} cannot be had here: ${servers.missing.join("; ")}`);
  }
  const proxy = await Proxy.start(() => `http://127.0.0.1:${place.port}`);
  const login = `user = "${USER}", password = ${JSON.stringify(PASSWORD)}`;
  const target = `kind = "webdav", name = "${name}", url = "${proxy.origin}${place.path}", folder = "Ribbon", ${login}`;
  const close = async () => {
    await proxy.close();
    await servers.close();
  };
  return { proxy, target, files: place.folder, close };
}

/** The first of the sample books, unless it is another. */
export function writeBook(book: string, sample: SampleBook | undefined = SAMPLE_BOOKS[0]): void {
  assert.ok(sample);
  fs.mkdirSync(path.dirname(book), { recursive: true });
  fs.writeFileSync(book, sampleEpub(sample));
}

/** @param options of the sync, and `more` settings, in Lua */
export function writeSyncSettings(
  home: string,
  { name, target, options, more = "" }: { name: string; target: string; options: string; more?: string },
): void {
  const settings = path.join(home, "settings");
  fs.mkdirSync(settings, { recursive: true });
  const sdr = `{ target = { ${target} }, options = { ${options} } }`;
  const text = `return { connections = {}, device_name = "${name}", open_page = "", sdr = ${sdr}, ${more} }\n`;
  fs.writeFileSync(path.join(settings, "ribbon.lua"), text);
}

/** Everything is where its text stands, and they are in the order of the pages. */
export function checkPlaces(marks: readonly Mark[], act: string): void {
  for (const mark of marks) {
    assert.equal(mark.there, mark.text, `${act}: the text at its place`);
    assert.equal(mark.pageno, mark.reckoned, `${act}: its page`);
  }
  const pages = marks.map(({ pageno }) => pageno);
  assert.deepEqual(
    pages,
    pages.toSorted((a, b) => a - b),
    `${act}: in order`,
  );
}
