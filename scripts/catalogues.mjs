// @ts-check
// Makes of each .po file the data files that the plugin reads (src/ui/catalogue.ts): one with everything, and one with the
// few texts that KOReader's start needs, so that a start reads no more.
import fs from "node:fs";
import { luaString } from "./lua-text.mjs";
import { DESCRIPTION } from "./meta-lua.mjs";
import { pluralForms } from "./plural-forms.mjs";
import { languages, poPath, readPo } from "./po-files.mjs";

/**
 * @typedef {import("gettext-parser").GetTextTranslation} Entry
 * @typedef {{ file: string, text: string }} Written
 */

/** A text in progress is said in English. @param {Entry} entry */
const isReady = ({ msgstr, comments }) =>
  msgstr.every(words => words !== "") && !/\bfuzzy\b/.test(comments?.flag ?? "");

/** @param {Entry} entry */
function entryLua({ msgid, msgid_plural: plural, msgstr }) {
  const words = msgstr.map(luaString).join(", ");
  return `[${luaString(msgid)}] = ${plural === undefined ? words : `{ ${words} }`},`;
}

/** @param {string} rule @param {readonly Entry[]} entries */
const catalogueLua = (rule, entries) =>
  ["return {", `plural = function(n) return ${rule} end,`, "texts = {", ...entries.map(entryLua), "},", "}", ""].join(
    "\n",
  );

/**
 * @param {string} language @param {string} content of its .po
 * @param {(file: string) => boolean} isOfStart whether a source is in the bundle that every start loads
 * @returns {Written[]}
 */
export function cataloguesOf(language, content, isOfStart) {
  const file = readPo(content);
  const rule = pluralForms(file.pluralForms).lua;
  const ready = file.entries.filter(isReady);
  const start = ready.filter(({ comments }) => (comments?.reference ?? "").split("\n").some(isOfStart));
  return [
    { file: `l10n-${language}.lua`, text: catalogueLua(rule, ready) },
    { file: `l10n-${language}-start.lua`, text: catalogueLua(rule, start) },
  ];
}

/** Of every language. @param {(file: string) => boolean} isOfStart */
export const catalogues = isOfStart =>
  languages().flatMap(language => cataloguesOf(language, fs.readFileSync(poPath(`${language}.po`), "utf8"), isOfStart));

/** What the plugin's list says, by language. @returns {Map<string, string>} */
export function descriptions() {
  const found = languages().map(language => {
    const { entries } = readPo(fs.readFileSync(poPath(`${language}.po`), "utf8"));
    const words = entries.filter(isReady).find(({ msgid }) => msgid === DESCRIPTION)?.msgstr[0];
    return /** @type {const} */ ([language, words ?? DESCRIPTION]);
  });
  return new Map(found.filter(([, words]) => words !== DESCRIPTION));
}
