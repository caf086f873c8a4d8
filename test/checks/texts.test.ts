// Every text of the interface is in po/, and what translators wrote fits it. `npm run texts` brings po/ up to date.
import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { currentTexts, languages, poPath, template, TEMPLATE } from "../../scripts/po-files.mjs";
import { COMPLETE, poProblems } from "../../scripts/po-problems.mjs";

const texts = currentTexts();

describe("the texts of the interface", () => {
  it("are all in po/ribbon.pot: else npm run texts", () => {
    expect(texts.length).toBeGreaterThan(500);
    expect(fs.readFileSync(poPath(TEMPLATE), "utf8")).toBe(template(texts));
  });

  it.each(languages())("fit what is written in %s", language => {
    expect(poProblems(language, fs.readFileSync(poPath(`${language}.po`), "utf8"), texts)).toEqual([]);
  });

  it("are all said in the languages that are complete", () => {
    expect(languages()).toEqual(expect.arrayContaining(COMPLETE));
  });
});
