import "../support/lua/koreader-modules";
import lfs = require("libs/libkoreader-lfs");
import { LocalFolder } from "../../src/koreader/cloud-folder";
import type { CloudFolder } from "../../src/ports/cloud-folder";
import { freshDav, freshName, places, reasonOf, servers, sorted, valueOf } from "../support/lua/cloud";
import { describe, equal, it, same } from "../support/spec";

interface Kind {
  readonly name: string;
  /** One that is not there yet. */
  readonly fresh: (this: void) => CloudFolder;
}

const kinds: Kind[] = servers.map(server => ({ name: server.name, fresh: () => freshDav(server).folder }));
kinds.push({
  name: "a folder of the device",
  fresh: () => new LocalFolder(`${places.local}/${freshName(places.local)}`),
});

/** All bytes there are, and what would be an end somewhere. */
function allBytes(): string {
  let text = "\r\n\r\n0\r\n\r\n<?xml?>";
  for (const byte of $range(0, 255)) text += string.char(byte);
  return text;
}

const names = (folder: CloudFolder): string[] => sorted(valueOf(folder.list()).files.map(({ name }) => name));

for (const { name: kind, fresh } of kinds) {
  const made = (): CloudFolder => {
    const folder = fresh();
    valueOf(folder.makeRoot());
    return folder;
  };

  describe(`a cloud folder: ${kind}`, () => {
    it("is missing before it is made, and empty afterwards", () => {
      const folder = fresh();
      equal(reasonOf(folder.list()), "missing");
      valueOf(folder.makeRoot());
      same(valueOf(folder.list()), { files: [], others: 0 });
    });

    it("is made a second time without harm", () => {
      const folder = made();
      valueOf(folder.put("a.txt", "here"));
      valueOf(folder.makeRoot());
      equal(valueOf(folder.get("a.txt", 100)), "here");
    });

    it("gives back every byte of what was put", () => {
      const folder = made();
      valueOf(folder.put("bytes.txt", allBytes()));
      equal(valueOf(folder.get("bytes.txt", 1000)), allBytes());
      same(valueOf(folder.list()).files, [{ name: "bytes.txt", size: allBytes().length }]);
    });

    it("takes an empty file and one of a megabyte", () => {
      const folder = made();
      const large = string.rep("0123456789abcde\n", 65_536);
      valueOf(folder.put("empty.txt", ""));
      valueOf(folder.put("large.txt", large));
      equal(valueOf(folder.get("empty.txt", 1)), "");
      equal(valueOf(folder.get("large.txt", large.length)) === large, true);
    });

    it("takes the same name again, with the same bytes or others", () => {
      const folder = made();
      valueOf(folder.put("a.txt", "first"));
      valueOf(folder.put("a.txt", "first"));
      valueOf(folder.put("a.txt", "second and longer"));
      equal(valueOf(folder.get("a.txt", 100)), "second and longer");
      same(names(folder), ["a.txt"]);
    });

    it("lists many files at once", () => {
      const folder = made();
      for (const number of $range(1, 40)) valueOf(folder.put(`file-${number}.txt`, string.rep("x", number)));
      const { files } = valueOf(folder.list());
      equal(files.length, 40);
      for (const { name, size } of files) equal(name, `file-${size}.txt`);
    });

    it("says that a file is missing", () => {
      equal(reasonOf(made().get("nothing.txt", 10)), "missing");
    });

    it("gives no file that is longer than asked for", () => {
      const folder = made();
      valueOf(folder.put("a.txt", "eleven byte"));
      equal(reasonOf(folder.get("a.txt", 10)), "garbled");
      equal(valueOf(folder.get("a.txt", 11)), "eleven byte");
    });

    it("deletes what is there, and what is not", () => {
      const folder = made();
      valueOf(folder.put("a.txt", "a"));
      valueOf(folder.put("b.txt", "b"));
      valueOf(folder.delete("a.txt"));
      valueOf(folder.delete("a.txt"));
      same(names(folder), ["b.txt"]);
    });

    it("puts nothing into a folder that is not there", () => {
      const folder = fresh();
      equal(folder.put("a.txt", "a").ok, false);
      equal(reasonOf(folder.list()), "missing");
    });

    it("touches no name that is not its own", () => {
      const folder = made();
      for (const name of ["../up.txt", "a/b.txt", "", "..", ".hidden", "two words", string.rep("x", 101), "a\n.txt"]) {
        equal(reasonOf(folder.put(name, "x")), "unsupported");
        equal(reasonOf(folder.get(name, 10)), "unsupported");
        equal(reasonOf(folder.delete(name)), "unsupported");
      }
      same(valueOf(folder.list()), { files: [], others: 0 });
    });
  });
}

describe("a folder of the device", () => {
  let root = "";
  const fresh = (): LocalFolder => {
    root = `${places.local}/${freshName(places.local)}`;
    const folder = new LocalFolder(root);
    valueOf(folder.makeRoot());
    return folder;
  };
  const touch = (name: string): void => {
    const [file] = io.open(`${root}/${name}`, "wb");
    file?.write("x");
    file?.close();
  };

  it("passes over what others lay there", () => {
    const folder = fresh();
    const foreign = [".stfolder", ".syncthing.a.txt.tmp", "~syncthing~a.txt.tmp", "a (conflicted copy).txt"];
    for (const name of foreign.concat("a.sync-conflict-20261121-164000-ABCDEFG.txt")) touch(name);
    lfs.mkdir(`${root}/folder.txt`);
    touch("a.txt");
    same(valueOf(folder.list()), { files: [{ name: "a.txt", size: 1 }], others: 6 });
  });

  it("shows no file that is not whole, and removes those of the dead after an hour", () => {
    const folder = fresh();
    touch("~ribbon-old.txt.part");
    touch("~ribbon-new.txt.part");
    lfs.touch(`${root}/~ribbon-old.txt.part`, os.time() - 4000, os.time() - 4000);
    same(valueOf(folder.list()).files, []);
    same(valueOf(folder.list()).others, 1);
    equal(lfs.attributes(`${root}/~ribbon-new.txt.part`, "mode"), "file");
  });

  it("leaves the old file and nothing else where there is no room", () => {
    if (places.small === "") return;
    const folder = new LocalFolder(`${places.small}/ribbon`);
    valueOf(folder.makeRoot());
    valueOf(folder.put("a.txt", "as it was"));
    equal(reasonOf(folder.put("a.txt", string.rep("x", 400_000))), "disk");
    equal(valueOf(folder.get("a.txt", 100)), "as it was");
    same(valueOf(folder.list()), { files: [{ name: "a.txt", size: 9 }], others: 0 });
  });

  it("is no folder where a file stands in its place", () => {
    fresh();
    touch("file");
    const folder = new LocalFolder(`${root}/file`);
    equal(reasonOf(folder.makeRoot()), "forbidden");
    equal(reasonOf(folder.list()), "missing");
    equal(reasonOf(folder.put("a.txt", "a")), "missing");
  });
});
