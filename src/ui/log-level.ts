import type { LogLevel } from "../core/preferences";
import { type Choice, chooserItem } from "./choices";
import { _ } from "./gettext";
import type { Ports } from "./ports";

/** How much is written into the log's file, whose last lines are part of the diagnostics. */
export function logLevelItem({ overview, actions }: Ports): KOReader.MenuItem {
  const choices: Choice<LogLevel>[] = [
    { value: "errors", text: _("errors only") },
    { value: "normal", text: _("the usual") },
    { value: "everything", text: _("everything") },
  ];
  return chooserItem({
    label: _("Written into the log: %1"),
    help: _(
      "For whoever looks for a mistake. The log never holds keys, addresses or titles, and at most 256 KB; page turns are not in it.",
    ),
    choices,
    get: () => overview.preferences().logLevel,
    set: logLevel => {
      actions.savePreferences({ logLevel });
    },
  });
}
