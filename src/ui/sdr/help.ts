import TextViewer = require("ui/widget/textviewer");
import UIManager = require("ui/uimanager");
import { _ } from "../gettext";

/** What is synced, how, and what it cannot do. */
export function showHelp(): void {
  const parts = [
    _(
      "What is synced: highlights, notes, bookmarks, reading status, rating, review, the titles and authors that you changed, and settings that belong to a book, such as its language. Your place in a book goes through your library server; in a book that no server knows, through this folder.",
    ),
    _(
      "How: each device puts files of its own into your folder and reads those of the others. No server of anybody else is needed.",
    ),
    _(
      "A book is known by its content, then by its identifiers: the file may be called otherwise elsewhere. Where that is not enough, say it yourself: Books › Same book as…. What came for a book that is not here is kept until it is.",
    ),
    _(
      "When two devices change the same thing, the later change counts, and two notes are both kept. History › Changed on two devices at once shows both.",
    ),
    _(
      "What you delete on one device is deleted on all, and stays in the trash. When very much disappears at once you are asked first.",
    ),
    _(
      "What it cannot do: a device that is never online keeps its changes to itself. In another edition of a book, a highlight may have no place to stand. Whoever can write to your folder can change your highlights, but nothing else on your devices.",
    ),
  ];
  UIManager.show(
    TextViewer.new({ title: _("How the sync of highlights works"), text: parts.join("\n\n"), justified: false }),
  );
}
