// @ts-check
// The files of the folder po: ribbon.pot with every text, and a .po for each language, which translators write.
import fs from "node:fs";
import path from "node:path";
import { po } from "gettext-parser";
import { allTexts, catalogueOf } from "./extract-texts.mjs";
import { DESCRIPTION } from "./meta-lua.mjs";

/**
 * @typedef {import("./extract-texts.mjs").Text} Text
 * @typedef {import("gettext-parser").GetTextTranslation} Entry
 * @typedef {{ language: string, pluralForms: string, entries: Entry[], file: import("gettext-parser").GetTextTranslations }} PoFile
 */

export const FOLDER = "po";
export const TEMPLATE = "ribbon.pot";

const HEADERS = {
  "Content-Type": "text/plain; charset=UTF-8",
  "Content-Transfer-Encoding": "8bit",
  "MIME-Version": "1.0",
};

/** Every text that a reader can meet, that of the plugin's list included. @returns {Text[]} */
export function currentTexts() {
  const [description] = catalogueOf([{ text: DESCRIPTION, file: "scripts/meta-lua.mjs", line: 1 }]);
  return [...(description === undefined ? [] : [description]), ...allTexts()];
}

/** @param {Text} text @param {Partial<Entry>} known what a translator made of it @param {number} forms @returns {Entry} */
function entryOf({ text, plural, files, notes }, known, forms) {
  const strings = plural === undefined ? 1 : forms;
  const { translator, flag } = known.comments ?? {};
  return {
    msgid: text,
    ...(plural === undefined ? {} : { msgid_plural: plural }),
    msgstr: Array.from({ length: strings }, (_, index) => known.msgstr?.[index] ?? ""),
    comments: {
      ...(translator === undefined ? {} : { translator }),
      reference: files.join("\n"),
      ...(notes.length === 0 ? {} : { extracted: notes.join("\n") }),
      ...(flag === undefined ? {} : { flag }),
    },
  };
}

/** @param {Record<string, string>} headers @param {string | undefined} comment @param {Entry[]} entries @param {Record<string, Entry>} obsolete */
function written(headers, comment, entries, obsolete = {}) {
  const header = { msgid: "", msgstr: [""], ...(comment === undefined ? {} : { comments: { translator: comment } }) };
  const translations = { "": Object.fromEntries([["", header], ...entries.map(entry => [entry.msgid, entry])]) };
  const table = { charset: "utf-8", headers, translations, obsolete: { "": obsolete } };
  return `${po.compile(table, { foldLength: 0 }).toString("utf8").trimEnd()}\n`;
}

/** What po/ribbon.pot has to be. @param {readonly Text[]} texts */
export const template = texts =>
  written(
    { "Project-Id-Version": "Ribbon", Language: "", ...HEADERS, "Plural-Forms": "nplurals=2; plural=(n != 1);" },
    "Every text of Ribbon, from its sources: npm run texts. Nobody edits this file.",
    texts.map(text => entryOf(text, {}, 2)),
  );

/** @param {string} content of a .po @returns {PoFile} without its header and what is obsolete */
export function readPo(content) {
  const file = po.parse(content);
  const entries = Object.values(file.translations[""] ?? {}).filter(({ msgid }) => msgid !== "");
  const { Language: language = "", "Plural-Forms": forms = "" } = file.headers;
  return { language, pluralForms: forms, entries, file };
}

/**
 * A .po with the texts of today: what is translated stays, what is new is empty, what nobody says any more is kept as obsolete.
 * @param {string} content @param {readonly Text[]} texts
 */
export function mergePo(content, texts) {
  const { file, entries, pluralForms } = readPo(content);
  const known = new Map(entries.map(entry => [entry.msgid, entry]));
  const forms = Number(/nplurals\s*=\s*(\d+)/.exec(pluralForms)?.[1] ?? 2);
  const retired = new Map(Object.entries(file.obsolete?.[""] ?? {}));
  const current = texts.map(text => entryOf(text, known.get(text.text) ?? retired.get(text.text) ?? {}, forms));
  for (const { text } of texts) retired.delete(text);
  const said = new Set(texts.map(({ text }) => text));
  for (const entry of entries) {
    const isTranslated = entry.msgstr.some(words => words !== "");
    if (!said.has(entry.msgid) && isTranslated) retired.set(entry.msgid, { ...entry, comments: {} });
  }
  const comment = file.translations[""]?.[""]?.comments?.translator;
  return written(file.headers, comment, current, Object.fromEntries(retired));
}

/** The languages, by their .po files. @returns {string[]} "de", "pt_BR" */
export const languages = () =>
  fs
    .readdirSync(FOLDER)
    .filter(file => file.endsWith(".po"))
    .map(file => file.slice(0, -3))
    .sort();

/** @param {string} name */
export const poPath = name => path.join(FOLDER, name);
