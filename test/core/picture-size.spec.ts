import { pictureSize } from "../../src/core/picture-size";
import { describe, equal, it, same } from "../support/spec";

/** A character for each byte. */
const bytes = (...codes: number[]): string => codes.map(code => String.fromCharCode(code)).join("");

const png = (...size: number[]): string =>
  bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, ...size, 8, 2);

const BEGINNING = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2];
const frame = (mark: number): number[] => [0xff, mark, 0, 17, 8, 2, 88, 1, 144, 3, 1, 0x22];

describe("a picture", () => {
  it("says how large it is", () => {
    same(pictureSize(png(0, 0, 1, 144, 0, 0, 2, 88)), { width: 400, height: 600 });
    same(pictureSize(bytes(...BEGINNING, ...frame(0xc0))), { width: 400, height: 600 });
  });

  it("may be a progressive JPEG, with tables and bytes that fill before its frame", () => {
    const tables = [0xff, 0xc4, 0, 3, 9, 0xff, 0xff, 0xff, 0xdb, 0, 2];
    same(pictureSize(bytes(...BEGINNING, ...tables, ...frame(0xc2))), { width: 400, height: 600 });
  });

  it("may be larger than any screen", () => {
    same(pictureSize(png(0, 1, 0, 0, 127, 255, 255, 255)), { width: 65536, height: 2147483647 });
  });

  const nothing: [what: string, content: string][] = [
    ["nothing", ""],
    ["another format", "GIF89a but it goes on for long enough"],
    ["a PNG that is cut off", png().slice(0, 16)],
    ["a picture without width", png(0, 0, 0, 0, 0, 0, 2, 88)],
    ["a JPEG without a frame", bytes(...BEGINNING, 0xff, 0xda, 0, 2)],
    ["a JPEG whose segment leads beyond its end", bytes(0xff, 0xd8, 0xff, 0xe0, 255, 255, 1, 2, 3, 4, 5, 6, 7, 8)],
    ["a JPEG that goes on with something else", bytes(...BEGINNING, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)],
  ];
  for (const [what, content] of nothing)
    it(`is not ${what}`, () => {
      equal(pictureSize(content), undefined);
    });
});
