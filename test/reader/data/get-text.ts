/** KOReader's `gettext`: its languages are those of which the specs ask for a word. */

type Words = Readonly<Record<string, string>>;

/** KOReader's own words in a language; a language that is not here has no folder in its `l10n`. */
const WORDS: Readonly<Record<string, Words>> = {
  de: { Settings: "Einstellungen", Cancel: "Abbrechen" },
  de_AT: { Settings: "Einstellungen", Cancel: "Abbrechen" },
  fr: { Settings: "Paramètres", Cancel: "Annuler" },
};

const state = {
  ngettext: (singular: string, plural: string, count: number) => wordFor(count === 1 ? singular : plural),
  pgettext: (_context: string, text: string) => wordFor(text),
  current_lang: "C",
};

const wordFor = (text: string): string => WORDS[state.current_lang]?.[text] ?? text;

export const getText = setmetatable(state, { __call: (text: string) => wordFor(text) }) as unknown as KOReader.GetText;

/** What KOReader does at its start with the setting `language`: one without a folder leaves it English. */
export function changeLang(language: unknown): void {
  state.current_lang = WORDS[language as string] === undefined ? "C" : (language as string);
}
