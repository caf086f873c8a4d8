import type { JumpPolicy, NoticeLevel } from "../core/preferences";
import { part } from "../parts";
import { type Choice, chooserItem } from "./choices";
import { partingItem } from "./connect-setting";
import { deviceNameItem } from "./device-name";
import { _ } from "./gettext";
import { pushItems } from "./push-setting";
import type { Ports } from "./ports";
import { validityItem } from "./validity";

/** What the reader may choose, for all servers: no more than fits on one page of KOReader's menu, ten on a small screen. */
export function settingsItems(ports: Ports): KOReader.MenuItem[] {
  const messages = [jumpAheadItem(ports), jumpBehindItem(ports), { ...noticesItem(ports), separator: true }];
  const sessions = [idleItem(ports), { ...validityItem(ports), separator: true }];
  const sending = pushItems(ports).concat([{ ...partingItem(ports), separator: true }]);
  return messages.concat(sessions, sending, [downloadsItem(ports), deviceNameItem(ports)]);
}

function downloadsItem(ports: Ports): KOReader.MenuItem {
  return {
    text: _("Downloads"),
    help_text: _(
      "Where the books that you fetch from your library go, what their files are called, and in which format.",
    ),
    sub_item_table_func: () => part("ui/download-settings").downloadItems(ports),
  };
}

function jumpChoices(): Choice<JumpPolicy>[] {
  return [
    { value: "jump", text: _("go there") },
    { value: "ask", text: _("ask first") },
    { value: "never", text: _("stay here") },
  ];
}

function jumpAheadItem({ overview, actions }: Ports): KOReader.MenuItem {
  return chooserItem({
    label: _("If another device is ahead: %1"),
    help: _(
      "What happens when a book is opened that you have read further on another device. Back returns to where you were.",
    ),
    choices: jumpChoices(),
    get: () => overview.preferences().jumpAhead,
    set: jumpAhead => {
      actions.savePreferences({ jumpAhead });
    },
  });
}

function jumpBehindItem({ overview, actions }: Ports): KOReader.MenuItem {
  return chooserItem({
    label: _("If another device is behind: %1"),
    help: _(
      "What happens when a book is opened in which you have gone back on another device. Back returns to where you were.",
    ),
    choices: jumpChoices(),
    get: () => overview.preferences().jumpBehind,
    set: jumpBehind => {
      actions.savePreferences({ jumpBehind });
    },
  });
}

function idleItem({ overview, actions }: Ports): KOReader.MenuItem {
  return chooserItem({
    label: _("Longest time for one page: %1"),
    help: _(
      "Whoever looks at one page for longer has fallen asleep or gone away: that time is not counted. Holds from the next sitting on.",
    ),
    choices: [
      { value: 0, text: _("no limit") },
      { value: 5, text: _("5 minutes") },
      { value: 10, text: _("10 minutes") },
      { value: 15, text: _("15 minutes") },
      { value: 30, text: _("30 minutes") },
    ],
    get: () => overview.preferences().idleCapMinutes,
    set: idleCapMinutes => {
      actions.savePreferences({ idleCapMinutes });
    },
  });
}

function noticesItem({ overview, actions }: Ports): KOReader.MenuItem {
  const choices: Choice<NoticeLevel>[] = [
    { value: "all", text: _("all") },
    { value: "problems", text: _("problems only") },
    { value: "none", text: _("none") },
  ];
  return chooserItem({
    label: _("Messages while reading: %1"),
    help: _("Short messages that pass over the page by themselves. A tap on Sync now is always answered."),
    choices,
    get: () => overview.preferences().notices,
    set: notices => {
      actions.savePreferences({ notices });
    },
  });
}
