import Event = require("ui/event");
import UIManager = require("ui/uimanager");

/** `ui/widget/booklist`, which KOReader has since v2025.04. */
function bookList(): KOReader.BookList | undefined {
  const [found, module] = pcall(require as (this: void, name: string) => unknown, "ui/widget/booklist");
  return found && type(module) === "table" ? (module as KOReader.BookList) : undefined;
}

declare function require(this: void, name: string): unknown;

/** Lists of books show what they kept of a sidecar; told here that it changed, they read it again. */
export function refreshBook(book: string, settings: KOReader.DocSettings): void {
  const list = bookList();
  if (list !== undefined) return list.setBookInfoCache(book, settings);
  const summary = settings.readSetting("summary");
  UIManager.broadcastEvent(Event.new("DocSettingsItemsChanged", book, { summary }));
}

/** The cover browser keeps titles and authors of its own. */
export function refreshMetadata(book: string): void {
  UIManager.broadcastEvent(Event.new("InvalidateMetadataCache", book));
  UIManager.broadcastEvent(Event.new("BookMetadataChanged"));
}
