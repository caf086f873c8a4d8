// How languages count: the values were worked out by hand from CLDR's rules, and are compared with gettext's where it is installed.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { isOfOneNumber, pluralForms } from "../../scripts/plural-forms.mjs";
import { tempDir } from "../support/node/temp-dir";

/** A header, and which form some numbers take. */
const RULES: Record<string, [header: string, forms: Record<number, number>]> = {
  de: ["nplurals=2; plural=(n != 1);", { 0: 1, 1: 0, 2: 1, 11: 1, 21: 1, 101: 1 }],
  fr: ["nplurals=2; plural=n > 1;", { 0: 0, 1: 0, 2: 1, 10: 1, 1000000: 1 }],
  fr3: [
    "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    { 0: 0, 1: 0, 2: 2, 1000: 2, 1000000: 1, 1000001: 2, 2000000: 1 },
  ],
  pl: [
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    { 0: 2, 1: 0, 2: 1, 4: 1, 5: 2, 12: 2, 14: 2, 21: 2, 22: 1, 25: 2, 102: 1, 112: 2 },
  ],
  ru: [
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    { 0: 2, 1: 0, 2: 1, 5: 2, 11: 2, 12: 2, 21: 0, 24: 1, 100: 2, 101: 0, 111: 2 },
  ],
  ar: [
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    { 0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4, 99: 4, 100: 5, 102: 5, 103: 3, 111: 4 },
  ],
  ja: ["nplurals=1; plural=0;", { 0: 0, 1: 0, 2: 0, 100: 0 }],
  cs: ["nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;", { 0: 2, 1: 0, 2: 1, 4: 1, 5: 2 }],
  he: [
    "nplurals=4; plural=(n == 1) ? 0 : ((n == 2) ? 1 : ((n > 10 && n % 10 == 0) ? 2 : 3));",
    { 0: 3, 1: 0, 2: 1, 3: 3, 10: 3, 20: 2, 21: 3 },
  ],
  mk: ["nplurals=2; plural=(n % 10 == 1 && n % 100 != 11) ? 0 : 1;", { 1: 0, 11: 1, 21: 0, 100: 1 }],
};

/** The same, by LuaJIT. */
function byLua(lua: string, numbers: readonly number[]): number[] {
  const script = `local function plural(n) return ${lua} end
    for _, n in ipairs { ${numbers.join(", ")} } do print(string.format("%d", plural(n))) end`;
  const { stdout, stderr } = spawnSync("luajit", ["-e", script], { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.trim().split("\n").map(Number);
}

describe("the rule by which a language counts", () => {
  it.each(Object.entries(RULES))("%s", (_language, [header, forms]) => {
    const { formOf, lua } = pluralForms(header);
    const numbers = Object.keys(forms).map(Number);
    expect(numbers.map(formOf)).toEqual(Object.values(forms));
    expect(byLua(lua, numbers)).toEqual(Object.values(forms));
  });

  it.each(Object.entries(RULES))("%s is the same in Lua and in Node for the first thousand", (_language, [header]) => {
    const { formOf, lua } = pluralForms(header);
    const numbers = [...Array(1000).keys()];
    expect(byLua(lua, numbers)).toEqual(numbers.map(formOf));
  });

  it("computes whole numbers, negations and signs as C does", () => {
    const { lua } = pluralForms("nplurals=8; plural=!(n/3 > 2) * (1 + n/2 - n%2) + !n;");
    expect(byLua(lua, [0, 1, 2, 5, 9])).toEqual([2, 0, 2, 2, 0]);
  });

  it("knows which form is for one number only", () => {
    const german = pluralForms("nplurals=2; plural=(n != 1);");
    expect([0, 1].map(form => isOfOneNumber(german, form))).toEqual([true, false]);
    const russian = pluralForms(RULES["ru"]?.[0] ?? "");
    expect(isOfOneNumber(russian, 0)).toBe(false);
  });

  it.each([
    ["nothing", ""],
    ["a call", 'nplurals=2; plural=os.execute("true");'],
    ["an assignment", "nplurals=2; plural=n = 1;"],
    ["Lua", "nplurals=2; plural=n ~= 1;"],
    ["a text", 'nplurals=2; plural="0";'],
    ["a name", "nplurals=2; plural=nn;"],
    ["half a rule", "nplurals=2; plural=n >;"],
    ["an open bracket", "nplurals=2; plural=(n != 1;"],
    ["half a choice", "nplurals=2; plural=n ? 1;"],
    ["more than a rule", "nplurals=2; plural=n != 1 1;"],
    ["a form too many", "nplurals=2; plural=n;"],
    ["a division by 0", "nplurals=2; plural=1 % n;"],
  ])("takes no other text: %s", (_what, header) => {
    expect(() => pluralForms(header)).toThrow();
  });
});

// The C locale is never translated; under another name it is, into the language that LANGUAGE says.
const LOCALE = "/usr/lib/locale/C.utf8";
const hasGettext =
  fs.existsSync(LOCALE) && ["msgfmt", "ngettext"].every(name => spawnSync(name, ["--version"]).status === 0);
if (!hasGettext)
  console.log("Skipped: the comparison with gettext's own ngettext, which is not here (Debian: gettext).");

/** A catalogue that says which form it was asked for. */
function makeCatalogue(folder: string, language: string, header: string): void {
  const forms = Array.from({ length: Number(/\d+/.exec(header)?.[0]) }, (_, form) => `msgstr[${form}] "form ${form}"`);
  const meta = `msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: ${header}\\n"\n`;
  const target = path.join(folder, language, "LC_MESSAGES");
  fs.mkdirSync(target, { recursive: true });
  const input = `${meta}\nmsgid "one"\nmsgid_plural "many"\n${forms.join("\n")}\n`;
  expect(spawnSync("msgfmt", ["-o", path.join(target, "rules.mo"), "-"], { input }).status).toBe(0);
}

it.skipIf(!hasGettext)("is what gettext's own program says", () => {
  const folder = tempDir();
  fs.cpSync(LOCALE, path.join(folder, "locale/en_US.UTF-8"), { recursive: true });
  for (const [language, [header, forms]] of Object.entries(RULES)) {
    makeCatalogue(folder, language, header);
    const locale = { LOCPATH: path.join(folder, "locale"), LC_ALL: "en_US.UTF-8", LANGUAGE: language };
    for (const [number, form] of Object.entries(forms)) {
      const env = { ...process.env, ...locale, TEXTDOMAINDIR: folder };
      const { stdout } = spawnSync("ngettext", ["rules", "one", "many", number], { encoding: "utf8", env });
      expect(`${language} ${number}: ${stdout}`).toBe(`${language} ${number}: form ${form}`);
    }
  }
});
