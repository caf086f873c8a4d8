import ffiUtil = require("ffi/util");
import { _ } from "../gettext";

const T = ffiUtil.template;

// Functions, because the language is known only after KOReader has started.
const NAMES: Readonly<Record<string, () => string>> = {
  "summary.status": () => _("reading status"),
  "summary.rating": () => _("rating"),
  "summary.note": () => _("review"),
  "custom.title": () => _("title"),
  "custom.authors": () => _("authors"),
  "custom.series": () => _("series"),
  "custom.series_index": () => _("number in the series"),
  "custom.language": () => _("language"),
  "custom.keywords": () => _("keywords"),
  "custom.description": () => _("description"),
  "set.text_lang": () => _("language of the text"),
  "set.hyph_alg": () => _("hyphenation"),
  "set.hyphenation": () => _("hyphenation"),
  "set.style_tweaks": () => _("style tweaks"),
  "set.book_style_tweak": () => _("style tweak of this book"),
  "set.copt_embedded_css": () => _("the book's own style"),
  "set.copt_embedded_fonts": () => _("the book's own fonts"),
  "set.font_face": () => _("font"),
  "set.copt_font_size": () => _("font size"),
  "set.copt_line_spacing": () => _("line spacing"),
  "set.highlight_color": () => _("colour of new highlights"),
  "set.highlight_drawer": () => _("style of new highlights"),
};

/** What a reader calls a thing that was set: "rating", "setting “max columns”". */
export function fieldWords(name: string): string {
  const known = NAMES[name];
  if (known !== undefined) return known();
  const key = name.slice(name.indexOf(".") + 1);
  return T(_("setting “%1”"), key.split("_").join(" "));
}

const STATUSES: Readonly<Record<string, () => string>> = {
  reading: () => _("reading"),
  abandoned: () => _("on hold"),
  complete: () => _("finished"),
};

/** A value of it: "finished", "4 of 5 stars". */
export function valueWords(name: string, value: string | undefined): string {
  if (value === undefined) return _("nothing");
  if (name === "summary.status") return STATUSES[value]?.() ?? value;
  return name === "summary.rating" ? T(_("%1 of 5 stars"), value) : value;
}
