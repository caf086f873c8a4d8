// From a source to the .po files, and to what the plugin reads.
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { cataloguesOf } from "../../scripts/catalogues.mjs";
import { catalogueOf, textsIn } from "../../scripts/extract-texts.mjs";
import { mergePo, readPo, template } from "../../scripts/po-files.mjs";
import { poProblems } from "../../scripts/po-problems.mjs";

const IMPORT = 'import { _ } from "./gettext";\n';
const extract = (source: string, file = "src/ui/sample.ts") => textsIn(file, IMPORT + source);
const texts = (source: string, file?: string) => catalogueOf(extract(source, file));

describe("the texts of a source", () => {
  it("are literals, with their plurals", () => {
    const source =
      'f(_("Sync now"), T(_.ngettext("1 book", "%1 books", n), n)); _(`two\nlines`); _("a " + ("long" + " one"));';
    expect(extract(source).map(({ text, plural }) => [text, plural])).toEqual([
      ["Sync now", undefined],
      ["1 book", "%1 books"],
      ["two\nlines", undefined],
      ["a long one", undefined],
    ]);
  });

  it("carry what translators should know", () => {
    const [first, second] = extract('f(\n  // Translators: a verb.\n  _("Open"),\n  _("Shut"),\n);');
    expect([first?.note, second?.note]).toEqual(["a verb.", undefined]);
  });

  it.each([
    ["a variable", "_(words);"],
    ["a text with a hole", "_(`for ${name}`);"],
    ["a choice", '_(many ? "books" : "book");'],
    ["a plural that is computed", '_.ngettext("1 book", plural, n);'],
    ["nothing", '_("");'],
  ])("are refused with their place: %s", (_what, source) => {
    expect(() => extract(`\n${source}`)).toThrow("src/ui/sample.ts:3:");
  });

  it("are not asked of KOReader itself", () => {
    expect(() => textsIn("src/ui/a.ts", 'import _ = require("gettext");\n_("Sync");')).toThrow("src/ui/a.ts");
  });

  it("are none where `_` is something else", () => {
    expect(textsIn("src/core/a.ts", 'const _ = f; _("no text");')).toEqual([]);
  });

  it("stand in the catalogue once, whoever says them", () => {
    const found = [...extract('_("Cancel");', "src/ui/a.ts"), ...extract('_("Cancel");', "src/ui/b.ts")];
    expect(catalogueOf(found)).toEqual([{ text: "Cancel", files: ["src/ui/a.ts", "src/ui/b.ts"], notes: [] }]);
  });

  it("have one plural", () => {
    const found = extract('_.ngettext("1 book", "%1 books", n); _.ngettext("1 book", "%1 volumes", n);');
    expect(() => catalogueOf(found)).toThrow('"1 book" has another plural');
  });
});

const HEADER = 'msgid ""\nmsgstr "Language: de\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n';
const SOURCE = '_("Sync now"); _.ngettext("1 book of %1", "%2 books of %1", n); _("\\nLast line");';
const GERMAN = `${HEADER}
msgid "Sync now"
msgstr "Jetzt synchronisieren"

msgid "1 book of %1"
msgid_plural "%2 books of %1"
msgstr[0] "1 Buch von %1"
msgstr[1] "%2 Bücher von %1"

msgid "\\nLast line"
msgstr "\\nLetzte Zeile"
`;

describe("a .po file", () => {
  it("keeps what is translated and gets what is new, empty", () => {
    const merged = readPo(mergePo(GERMAN, texts(`_("New"); ${SOURCE}`)));
    expect(merged.entries.map(({ msgid, msgstr }) => [msgid, ...msgstr])).toEqual([
      ["New", ""],
      ["Sync now", "Jetzt synchronisieren"],
      ["1 book of %1", "1 Buch von %1", "%2 Bücher von %1"],
      ["\nLast line", "\nLetzte Zeile"],
    ]);
  });

  it("keeps what nobody says any more as obsolete, and has it again when it is said again", () => {
    const without = mergePo(GERMAN, texts('_("New");'));
    expect(without).toContain('#~ msgid "Sync now"\n#~ msgstr "Jetzt synchronisieren"');
    const again = mergePo(without, texts(SOURCE));
    expect(poProblems("de", again, texts(SOURCE), true)).toEqual([]);
    expect(again).not.toContain('#~ msgid "Sync now"');
  });

  it("does not change when nothing has", () => {
    const once = mergePo(GERMAN, texts(SOURCE));
    expect(mergePo(once, texts(SOURCE))).toBe(once);
    expect(template(texts(SOURCE))).toBe(template(texts(SOURCE)));
  });

  it("is without problems when it says everything", () => {
    expect(poProblems("de", GERMAN, texts(SOURCE), true)).toEqual([]);
  });

  it.each([
    ["a text is missing", GERMAN, `${SOURCE} _("New");`, '"New" is absent'],
    ["a text is empty", GERMAN.replace("Jetzt synchronisieren", ""), SOURCE, "is not translated"],
    ["one form is empty", GERMAN.replace("%2 Bücher von %1", ""), SOURCE, "is not translated"],
    ["a text is stale", GERMAN, '_("Sync now");', "is said nowhere any more"],
    ["a text is fuzzy", GERMAN.replace('msgid "Sync', '#, fuzzy\nmsgid "Sync'), SOURCE, "is marked as fuzzy"],
    ["a placeholder is lost", GERMAN.replace("%2 Bücher von %1", "%2 Bücher"), SOURCE, "has the placeholders"],
    ["a placeholder is new", GERMAN.replace("Jetzt", "%1"), SOURCE, "has the placeholders"],
    ["a form is too many", GERMAN.replace("msgstr[1]", 'msgstr[2] "%2 %1"\nmsgstr[1]'), SOURCE, "has 3 forms, not 2"],
    ["a line break is lost", GERMAN.replace('"\\nLetzte', '"Letzte'), SOURCE, "other line breaks"],
    ["a space is added", GERMAN.replace("synchronisieren", "synchronisieren "), SOURCE, "with a space"],
    ["it is of another language", GERMAN.replace("Language: de", "Language: fr"), SOURCE, 'says that it is "fr"'],
  ])("is refused when %s", (_what, content, source, problem) => {
    expect(poProblems("de", content, texts(source), true).join("\n")).toContain(problem);
  });

  it("may have gaps while a language is not complete", () => {
    const empty = GERMAN.replace("Jetzt synchronisieren", "");
    expect(poProblems("de", empty, texts(SOURCE), false)).toEqual([]);
  });

  it("needs the number in a form that several numbers take", () => {
    const one = texts('_.ngettext("1 book", "%1 books", n);');
    const po = (rule: string) =>
      `${HEADER.replace("n != 1", rule)}\nmsgid "1 book"\nmsgid_plural "%1 books"\nmsgstr[0] "ein Buch"\nmsgstr[1] "%1 Bücher"\n`;
    expect(poProblems("de", po("n != 1"), one, true)).toEqual([]);
    expect(poProblems("de", po("n > 1"), one, true).join("")).toContain("has the placeholders");
  });
});

describe("the plugin's catalogues", () => {
  const isOfStart = (file: string) => file === "src/main.ts";

  /** What Lua has of an expression over the catalogue `c`. */
  function evaluate(text: string, expression: string): string {
    const script = `local c = assert(load(${JSON.stringify(text)}, "c", "t", {}))() io.write(tostring(${expression}))`;
    const { stdout, stderr } = spawnSync("luajit", ["-e", script.replaceAll("\\n", "\\n")], { encoding: "utf8" });
    return stdout + stderr;
  }

  it("have what is translated, and a start only what it says", () => {
    const known = [...texts(SOURCE), ...texts('_("Ribbon");', "src/main.ts")];
    const merged = mergePo(`${GERMAN}\nmsgid "Ribbon"\nmsgstr "Band"\n`, known);
    const [whole, start] = cataloguesOf("de", merged, isOfStart);
    expect([whole?.file, start?.file]).toEqual(["l10n-de.lua", "l10n-de-start.lua"]);
    expect(evaluate(whole?.text ?? "", 'c.texts["Sync now"]')).toBe("Jetzt synchronisieren");
    expect(evaluate(whole?.text ?? "", 'c.texts["1 book of %1"][2] .. c.plural(1) .. c.plural(5)')).toBe(
      "%2 Bücher von %101",
    );
    expect(evaluate(start?.text ?? "", 'c.texts["Ribbon"]')).toBe("Band");
    expect(evaluate(start?.text ?? "", 'c.texts["Sync now"]')).toBe("nil");
  });

  it("leave out what is empty or unsure", () => {
    const po = mergePo(
      GERMAN.replace("%2 Bücher von %1", "").replace('msgid "Sync', '#, fuzzy\nmsgid "Sync'),
      texts(SOURCE),
    );
    const [whole] = cataloguesOf("de", po, isOfStart);
    expect(whole?.text).not.toContain("Buch");
    expect(whole?.text).not.toContain("Sync now");
  });

  it("are data whatever a translator writes", () => {
    const evil = GERMAN.replace("Jetzt synchronisieren", 'a\\"] = os.exit(1), [\\"\\\\\\\\b\\n]]');
    const [whole] = cataloguesOf("de", evil, isOfStart);
    expect(evaluate(whole?.text ?? "", 'c.texts["Sync now"]')).toBe('a"] = os.exit(1), ["\\\\b\n]]');
  });
});
