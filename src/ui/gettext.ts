import koreader = require("gettext");
import { part } from "../parts";

interface Texts {
  (this: void, text: string): string;
  /** Puts no number in: `T(_.ngettext("1 book", "%1 books", count), count)`. */
  ngettext(this: void, singular: string, plural: string, count: number): string;
}

/**
 * Every text of the interface passes through this: `_("Sync now")`. It is said in KOReader's language, as our catalogue has
 * it (ui/catalogue.ts), else in KOReader's own words, else in English. For English nothing of a catalogue is loaded.
 */
export const _ = setmetatable(
  {
    ngettext: (singular: string, plural: string, count: number) =>
      koreader.current_lang === "C"
        ? koreader.ngettext(singular, plural, count)
        : part("ui/catalogue").pluralOf(singular, plural, count),
  },
  {
    __call: (text: string) => (koreader.current_lang === "C" ? koreader(text) : part("ui/catalogue").wordsFor(text)),
  },
) as unknown as Texts;
