import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { newestNotes, releaseNotes } from "../../scripts/release-notes.mjs";
import { decodeRelease } from "../../src/shelf/plugin/built";

const CHANGELOG = `# Changelog

What a reader would notice.

## 0.2.0

### Added

- Books of a **series** come
  one after another: \`More\`, see [the page](docs/downloads.md).
- Another one.

### Fixed

* A crash.

## 0.1.0

- The first.
`;

describe("the notes of a release", () => {
  it("are the newest section of the changelog, as text", () => {
    expect(newestNotes(CHANGELOG)).toBe(
      "Added\n• Books of a series come one after another: More, see the page.\n• Another one.\nFixed\n• A crash.",
    );
  });

  it("are those of the last release while nothing new is written down", () => {
    expect(newestNotes(`# Changelog\n\n## Unreleased\n\n## 0.1.0\r\n\r\n- The first.\r\n`)).toBe("• The first.");
    expect(newestNotes("# Changelog\n\nNothing yet.\n")).toBe("");
  });

  it("end with a whole line before a device would cut them", () => {
    const many = Array.from({ length: 400 }, (_, number) => `- Ä change that has the number ${number}`).join("\n");
    const notes = releaseNotes(many);
    expect(Buffer.byteLength(notes)).toBeLessThanOrEqual(8000);
    expect(Buffer.byteLength(notes)).toBeGreaterThan(7900);
    const lines = notes.split("\n");
    expect(lines.pop()).toBe("…");
    expect(lines.every((line, number) => line === `• Ä change that has the number ${number}`)).toBe(true);
    expect(releaseNotes(`- ${"x".repeat(9000)}`)).toBe("…");
  });

  it("go along with the plugin", () => {
    const release = decodeRelease(fs.readFileSync("koplugin/ribbon.koplugin/release.json", "utf8"));
    expect(release?.notes).toBe(newestNotes(fs.readFileSync("CHANGELOG.md", "utf8")));
    expect(release?.files.map(({ name }) => name)).toEqual(expect.arrayContaining(["LICENSE", "NOTICE"]));
  });
});
