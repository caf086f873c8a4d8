import _ = require("gettext");
import ffiUtil = require("ffi/util");
import InfoMessage = require("ui/widget/infomessage");
import KeyValuePage = require("ui/widget/keyvaluepage");
import UIManager = require("ui/uimanager");
import { guarded } from "../guard";
import type { Overview, WaitingItem } from "../ports/overview";
import { ago, percent, sentence } from "./words";

const T = ffiUtil.template;
/** More rows than anyone reads on one screen after another. */
const MOST_ROWS = 200;

function whatWaits({ payload }: WaitingItem): string {
  switch (payload.kind) {
    case "session": {
      const minutes = Math.max(1, Math.floor(payload.session.duration / 60 + 0.5));
      return T(_.ngettext("1 minute of reading", "%1 minutes of reading", minutes), minutes);
    }
    case "position":
      return T(_("place: %1"), percent(payload.position.fraction));
  }
}

function whyItWaits({ reason, connectionName }: WaitingItem): string {
  return reason === undefined
    ? T(_("It is safe on this device and goes to %1 with the next connection."), connectionName)
    : sentence(reason, connectionName);
}

function rowOf(item: WaitingItem, now: number): KOReader.KeyValue {
  const title = item.title === "" ? _("Unknown book") : item.title;
  const row = [title, T(_("%1, %2"), whatWaits(item), ago(now - item.createdAt))] as unknown as KOReader.KeyValueRow;
  row.callback = guarded(() => {
    UIManager.show(InfoMessage.new({ text: `${title}\n\n${whyItWaits(item)}` }));
  });
  return row;
}

/** What has not reached a server yet, oldest first; a tap on a row says why. */
export function showWaiting(overview: Overview): void {
  const items = overview.waiting(MOST_ROWS);
  if (items.length === 0) {
    UIManager.show(InfoMessage.new({ text: _("Nothing waits. All that you read has reached your servers.") }));
    return;
  }
  const now = overview.now();
  UIManager.show(KeyValuePage.new({ title: _("Waiting to be sent"), kv_pairs: items.map(item => rowOf(item, now)) }));
}
