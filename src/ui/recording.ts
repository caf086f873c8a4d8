import { _ } from "./gettext";
import type { Ports } from "./ports";
import { mention } from "./say";

/** For a gesture: pauses or goes on, and says which. */
export function toggleRecording(ports: Ports): void {
  toggle(ports);
  mention(
    ports.overview.isRecording()
      ? _("Recording goes on: what you read is counted.")
      : _("Recording is paused: what you read is not counted."),
  );
}

/** For a gesture: switches recording off or on for the book on screen, for good, and says which. */
export function toggleThisBook({ overview, actions }: Ports): void {
  const book = overview.thisBook();
  if (book === undefined) return mention(_("Open a book first."));
  actions.setBookTracked(!book.isTracked);
  mention(book.isTracked ? _("This book is not recorded any more.") : _("This book is recorded again."));
}

function toggle({ overview, actions }: Ports): void {
  actions.setRecording(!overview.isRecording());
}

export function recordingItem(ports: Ports): KOReader.MenuItem {
  return {
    text_func: () =>
      ports.overview.isRecording() ? _("Recording: on (tap to pause)") : _("Recording: paused (tap to go on)"),
    help_text: _(
      "While recording is paused, neither the time nor the place is kept or sent: for lending your reader to somebody, or leafing through. It goes on when KOReader starts again.",
    ),
    keep_menu_open: true,
    callback: menu => {
      toggle(ports);
      menu.updateItems();
    },
    separator: true,
  };
}
