import { compareVersions, readRelease } from "../../src/core/release";
import { describe, equal, it, same } from "../support/spec";

const SHA = "0123456789abcdef".repeat(4);
const file = (name: string, bytes: number): Record<string, unknown> => ({ name, bytes, sha256: SHA });

function told(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const files = [file("main.lua", 10), file("errand-work+menu.lua", 20)];
  const whole = file("ribbon-1.2.3.update", 30);
  return { format: 1, version: "1.2.3", bootstrap: 1, notes: "Faster.", package: whole, files, ...changes };
}

describe("a release", () => {
  it("is read as it was written", () => {
    const { format: _format, ...release } = told();
    same(readRelease(told()), { ok: true, value: release as never });
  });

  it("needs no notes", () => {
    const read = readRelease(told({ notes: 7 }));
    equal(read.ok && read.value.notes, "");
  });

  it("has notes of whole lines, and says that there were more", () => {
    const line = "a line of eighty letters, of which some are ö, and which ends somewhere before it";
    const lines: string[] = [];
    while (lines.length < 200) lines.push(line);
    const read = readRelease(told({ notes: lines.join("\n") }));
    const notes = read.ok ? read.value.notes.split("\n") : [];
    equal(notes.length > 90, true);
    equal(notes.length < 110, true);
    equal(notes.pop(), "…");
    equal(
      notes.every(each => each === line),
      true,
    );
  });

  for (const [what, changes] of [
    ["of a later format", { format: 2 }],
    ["without a version", { version: "new" }],
    ["with a version that is a path", { version: "1.2.3-../.." }],
    ["without a bootstrap", { bootstrap: "1" }],
    ["without files", { files: [] }],
    ["with a file in another folder", { files: [file("../main.lua", 30)] }],
    ["with a file of another folder of Windows", { files: [file("..\\main.lua", 30)] }],
    ["with a hidden file", { files: [file(".main.lua", 30)] }],
    ["with a name twice, for a card that knows no capitals", { files: [file("a.lua", 10), file("A.lua", 20)] }],
    ["with half a byte", { files: [file("a.lua", 29.5)] }],
    ["with a digest that is none", { package: { ...file("ribbon.update", 30), sha256: "x".repeat(64) } }],
    ["with a package that is not its files", { package: file("ribbon.update", 31) }],
    ["of more than a device should hold", { files: [file("a.lua", 9e6)], package: file("ribbon.update", 9e6) }],
  ] as const) {
    it(`${what} is refused`, () => {
      equal(readRelease(told(changes)).ok, false);
    });
  }

  it("is refused when it is no object", () => {
    same(
      ["text", 7, [], true].map(each => readRelease(each).ok),
      [false, false, false, false],
    );
  });
});

describe("of two versions", () => {
  const ordered = [
    "0.1.0",
    "0.2.0-1",
    "0.2.0-rc.1",
    "0.2.0-rc.2",
    "0.2.0-rc.10",
    "0.2.0-rc.10.1",
    "0.2.0",
    "0.10.0",
    "1.0.0",
  ];

  for (const [at, older] of ordered.entries()) {
    for (const newer of ordered.slice(at + 1)) {
      it(`${newer} is later than ${older}`, () => {
        same([compareVersions(newer, older) > 0, compareVersions(older, newer) < 0], [true, true]);
      });
    }
  }

  it("the same is neither, nor is what is no version", () => {
    same([compareVersions("1.2.3", "1.2.3"), compareVersions("nightly", "1.2.3")], [0, 0]);
  });
});
