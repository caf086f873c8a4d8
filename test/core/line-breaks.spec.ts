import { brokenIntoLines } from "../../src/core/line-breaks";
import { describe, equal, it, same } from "../support/spec";

/** Lines of so many letters, each of one byte. */
const letters =
  (count: number) =>
  (rest: string): string =>
    rest.substring(0, count);

const lines = (text: string, width: number, most = 99): string[] => brokenIntoLines(text, letters(width), most);

describe("a text in lines", () => {
  const cases: [text: string, width: number, lines: string[]][] = [
    ["Everything is in step.", 22, ["Everything is in step."]],
    ["Everything is in step.", 21, ["Everything is in", "step."]],
    ["Everything is in step.", 10, ["Everything", "is in", "step."]],
    ["Everything is in step.", 9, ["Everythin", "g is in", "step."]],
    ["ab cd", 2, ["ab", "cd"]],
    ["ab cd", 1, ["a", "b", "c", "d"]],
    ["The system says:\n\nno room", 16, ["The system says:", "no room"]],
    ["  one   two  ", 99, ["one two"]],
    ["", 5, [""]],
  ];
  for (const [text, width, expected] of cases) {
    it(`"${text}", ${width} letters wide, is ${expected.length} lines`, () => {
      same(lines(text, width), expected);
    });
  }

  it("loses nothing, at any width", () => {
    const text = "Highlights of 12 books disappeared here. See Tools › Ribbon › Highlights sync.";
    for (const width of [12, 13, 16, 20, 27, 33, 40, 55, 70, 77]) {
      const broken = lines(text, width);
      equal(broken.join(" "), text);
      for (const line of broken) equal(line !== "" && line.length <= width, true);
    }
  });

  it("stops after so many, with all that is left in the last", () => {
    same(lines("one two three four", 5, 2), ["one", "two three four"]);
    same(lines("one two three four", 5, 1), ["one two three four"]);
  });

  it("is left alone when nothing of it fits, or nobody can say how much", () => {
    same(
      brokenIntoLines("one two", () => "", 9),
      ["one two"],
    );
    same(
      brokenIntoLines("one two", () => "eno", 9),
      ["one two"],
    );
  });
});
