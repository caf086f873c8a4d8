import { type DataTable, get, getText } from "../../core/sdr/lua-value";

/** Texts differ by their blanks where the same book was laid out in another way. */
const folded = (text: string): string => string.match(string.gsub(text, "%s+", " ")[0], "^ ?(.-) ?$")[0] ?? "";

/** The xpointers of a highlight's text, or of a bookmark. */
function endsOf(item: DataTable): string[] {
  const ends = [getText(item, "page"), getText(item, "pos0"), getText(item, "pos1")];
  return ends.filter(each => each !== undefined);
}

/**
 * Whether an annotation's place exists in the document: KOReader sorts its list by places, and cannot sort what has none. Only
 * once a reflowable document is loaded; before, the engine ends the process.
 */
export function isInDocument(document: KOReader.Document, item: DataTable): boolean {
  const page = get(item, "page");
  if (document.info.has_pages) return typeof page === "number" && page >= 1 && page <= document.getPageCount();
  const ends = endsOf(item);
  return typeof page === "string" && ends.every(each => document.isXPointerInDocument?.(each) === true);
}

/** Whether the text between a highlight's ends is the one that it holds. One that the reader wrote anew cannot be compared. */
export function marksItsText(document: KOReader.Document, item: DataTable): boolean {
  const [start, end, text] = [getText(item, "pos0"), getText(item, "pos1"), getText(item, "text")];
  if (start === undefined || end === undefined || text === undefined || get(item, "text_edited") === true) return true;
  return folded(document.getTextFromXPointers?.(start, end) ?? "") === folded(text);
}
