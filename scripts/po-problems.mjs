// @ts-check
// What is wrong with a .po file, in sentences that a translator can act on.
import { isOfOneNumber, pluralForms } from "./plural-forms.mjs";
import { readPo } from "./po-files.mjs";

/**
 * @typedef {import("./extract-texts.mjs").Text} Text
 * @typedef {import("gettext-parser").GetTextTranslation} Entry
 * @typedef {import("./plural-forms.mjs").PluralForms} PluralForms
 */

/** Languages that say everything: a change that leaves one of them behind fails. */
export const COMPLETE = ["de"];

/** @param {string} text "%1, %2" as a sorted list without repetition */
const placeholders = text => [...new Set(text.match(/%[1-9][0-9]?/g) ?? [])].sort().join(" ");

/** @param {string} text */
const edges = text => `${/^\n*/.exec(text)?.[0].length}/${/\n*$/.exec(text)?.[0].length}`;

/** What stands first and last in a text is what its lines are laid out by. @param {string} text @param {string} words */
function edgeProblem(text, words) {
  if (edges(text) !== edges(words)) return "begins or ends with other line breaks";
  return words !== words.trim() && text === text.trim() ? "begins or ends with a space" : undefined;
}

/** @param {Entry} entry @param {PluralForms} forms @returns {string[]} */
function translationProblems({ msgid, msgid_plural: plural, msgstr }, forms) {
  if (msgstr.every(words => words === "")) return [];
  const expected = plural === undefined ? 1 : forms.count;
  if (msgstr.length !== expected) return [`has ${msgstr.length} forms, not ${expected}`];
  return msgstr.flatMap((words, form) => {
    if (words === "") return [`lacks form ${form}`];
    // "1 book" may be without its number only where no other number takes the same form.
    const mayBeSingle = plural === undefined || isOfOneNumber(forms, form);
    const allowed = [placeholders(plural ?? msgid), ...(mayBeSingle ? [placeholders(msgid)] : [])];
    const edge = edgeProblem(msgid, words);
    const wrong = `has the placeholders "${placeholders(words)}", not "${allowed.at(-1)}"`;
    return [...(allowed.includes(placeholders(words)) ? [] : [wrong]), ...(edge === undefined ? [] : [edge])];
  });
}

/** @param {Entry} entry @param {PluralForms} forms @param {Text | undefined} text @param {boolean} isComplete */
function entryProblems(entry, forms, text, isComplete) {
  if (text === undefined) return ["is said nowhere any more: npm run texts"];
  if (entry.msgid_plural !== text.plural) return ["has another plural now: npm run texts"];
  const missing = isComplete && entry.msgstr.some(words => words === "") ? ["is not translated"] : [];
  const isFuzzy = /\bfuzzy\b/.test(entry.comments?.flag ?? "");
  const fuzzy = isComplete && isFuzzy ? ["is marked as fuzzy"] : [];
  return [...missing, ...fuzzy, ...translationProblems(entry, forms)];
}

/**
 * @param {string} language by the file's name
 * @param {string} content
 * @param {readonly Text[]} texts all of today
 * @returns {string[]} one sentence for each problem
 */
export function poProblems(language, content, texts, isComplete = COMPLETE.includes(language)) {
  const file = readPo(content);
  if (file.language !== language) return [`${language}.po says that it is "${file.language}"`];
  const forms = pluralForms(file.pluralForms);
  const today = new Map(texts.map(text => [text.text, text]));
  const found = file.entries.flatMap(entry => {
    const problems = entryProblems(entry, forms, today.get(entry.msgid), isComplete);
    return problems.map(problem => `${language}.po: ${JSON.stringify(entry.msgid)} ${problem}`);
  });
  const known = new Set(file.entries.map(({ msgid }) => msgid));
  const absent = texts.filter(({ text }) => !known.has(text));
  return [...found, ...absent.map(({ text }) => `${language}.po: ${JSON.stringify(text)} is absent: npm run texts`)];
}
