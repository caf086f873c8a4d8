import fc from "../../support/node/fast-check";
import { expect, it } from "vitest";
import { csvLine } from "../../../src/shelf/reading/csv";

it.each([
  [["a", 1, null, 0.5], "a,1,,0.5\r\n"],
  [['say "yes"', "a,b", "two\nlines"], '"say ""yes""","a,b","two\nlines"\r\n'],
  [["=1+1", "+1", "-1", "@x", "\tx", " =1", -1], "'=1+1,'+1,'-1,'@x,'\tx,' =1,-1\r\n"],
  [["Größe", "日本"], "Größe,日本\r\n"],
])("%j", (cells, line) => expect(csvLine(cells)).toBe(line));

/** A reader of RFC 4180, as strict as that. */
function parse(line: string): string[] {
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cell.exec(line); match; match = cell.exec(line)) {
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "\r\n") break;
  }
  expect(cell.lastIndex).toBe(line.length);
  return cells;
}

it("comes back as it was, and never as a formula", () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom("=", "+", "-", "@", '"', ",", "\r", "\n", "\t", "x") }),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), cells => {
      const read = parse(csvLine(cells));
      expect(read.map((cell, index) => (cell === `'${cells[index]}` ? cell.slice(1) : cell))).toEqual(cells);
      for (const cell of read) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});
