// The files beside the bundle: each module is where the others look for it, there are few of them, and a first use reads
// little that it does not need.
import { describe, expect, it } from "vitest";
import { luaFiles } from "../support/node/lua-source";

interface Pack {
  readonly bytes: number;
  /** Where other modules are, as this file says. */
  readonly places: ReadonlyMap<string, string>;
  /** Files of the compiler's library that it reads at once. */
  readonly opens: readonly string[];
  /** Its own modules with their bytes, and what each requires. */
  readonly modules: ReadonlyMap<string, { readonly bytes: number; readonly requires: readonly string[] }>;
}

const MOST_FILES = 45;
/** What a first use may read in vain, in bytes. In a worker, and in what a page waits for, it is less. */
const MOST_IN_VAIN = 145_000;
const LESS_IN_VAIN: Readonly<Record<string, number>> = {
  "src.app.exchange": 35_000,
  "src.app.errand-work": 45_000,
  "src.app.sdr-errand": 70_000,
  "src.app.sdr-work": 80_000,
  "src.koreader.workers": 20_000,
  "src.timings": 1_000,
};

const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, one = ""]) => one);
const pairs = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^packs\["([^"]+)"\] = "([^"]+)"$/gm)].map(([, name = "", file = ""]) => [name, file]));

function packOf(text: string): Pack {
  const pieces = text.split(/^(?=modules\[")/m);
  const modules = pieces.slice(1).map(piece => {
    const [name = ""] = found(piece, /^modules\["([^"]+)"\] =/gm);
    return [name, { bytes: piece.length, requires: found(piece, /\brequire\("(src\.[^"]*)"\)/g) }] as const;
  });
  return {
    bytes: text.length,
    places: pairs(text),
    opens: found(text, /^open\("([^"]+)"\)$/gm),
    modules: new Map(modules),
  };
}

const files = luaFiles("koplugin/ribbon.koplugin");
const start = packOf(files.get("ribbon.lua") ?? "");
const packs = new Map(
  [...files]
    .filter(([, text]) => /^local require, modules, packs/.test(text))
    .map(([file, text]) => [file.replace(".lua", ""), packOf(text)]),
);

/** What a part's first use reads, and of that what it needs. */
function firstUse(entry: string): { read: number; needed: number } {
  const [seen, opened] = [new Set<string>(), new Set<string>()];
  let needed = 0;
  const open = (file: string): void => {
    if (opened.has(file)) return;
    opened.add(file);
    for (const other of packs.get(file)?.opens ?? []) open(other);
  };
  const use = (name: string, file: string | undefined): void => {
    if (file === undefined || start.modules.has(name) || seen.has(name)) return;
    seen.add(name);
    open(file);
    const pack = packs.get(file);
    const module = pack?.modules.get(name);
    needed += module?.bytes ?? 0;
    for (const each of module?.requires ?? [])
      use(each, pack?.modules.has(each) === true ? file : pack?.places.get(each));
  };
  use(entry, start.places.get(entry));
  const read = [...opened].reduce((bytes, file) => bytes + (packs.get(file)?.bytes ?? 0), 0);
  return { read, needed };
}

describe("the files of what loads on first use", () => {
  it("are few, and called after what is in them", () => {
    expect(packs.size).toBeGreaterThan(10);
    expect([...files.keys()].length).toBeLessThanOrEqual(MOST_FILES);
    for (const name of packs.keys()) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it.each([...packs])("%s says where the modules are that its own require", (file, pack) => {
    for (const [name, { requires }] of pack.modules)
      for (const each of requires) {
        const where = start.modules.has(each)
          ? start
          : pack.modules.has(each)
            ? pack
            : packs.get(pack.places.get(each) ?? "");
        expect(where?.modules.has(each), `${file}: ${name} requires ${each}`).toBe(true);
      }
  });

  it.each([...packs])("%s opens the compiler's functions that its modules call", (file, pack) => {
    const [start = ""] = found(files.get("ribbon.lua") ?? "", /^return setmetatable\(\{ (.*) \}, \{$/gm);
    const given = (name: string): string[] => found(files.get(`${name}.lua`) ?? "", /^places\["([^"]+)"\] =/gm);
    const known = [...found(start, /(\w+) = /g), ...given(file), ...pack.opens.flatMap(given)];
    const called = found(files.get(`${file}.lua`) ?? "", /^local \w+ = ____lualib\.(\w+)$/gm);
    expect(called.filter(name => !known.includes(name))).toEqual([]);
  });

  it.each([...start.places.keys()])("%s reads little in vain", entry => {
    const { read, needed } = firstUse(entry);
    expect(needed).toBeGreaterThan(0);
    expect(read - needed).toBeLessThanOrEqual(LESS_IN_VAIN[entry] ?? MOST_IN_VAIN);
  });
});
