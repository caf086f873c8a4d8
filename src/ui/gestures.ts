import _ = require("gettext");

/** What a gesture, a key or a profile can do. KOReader sends the event; main.ts handles it. */
export interface Gesture {
  readonly id: string;
  readonly action: KOReader.Action;
}

export function gestures(): Gesture[] {
  const general = { category: "none", general: true } as const;
  const reader = { category: "none", reader: true } as const;
  return [
    { id: "ribbon_browse", action: { ...general, event: "RibbonBrowse", title: _("Ribbon: browse library") } },
    { id: "ribbon_search", action: { ...general, event: "RibbonSearch", title: _("Ribbon: search library") } },
    { id: "ribbon_sync_now", action: { ...general, event: "RibbonSyncNow", title: _("Ribbon: sync now") } },
    { id: "ribbon_status", action: { ...general, event: "RibbonStatus", title: _("Ribbon: where things stand") } },
    { id: "ribbon_waiting", action: { ...general, event: "RibbonWaiting", title: _("Ribbon: what waits") } },
    { id: "ribbon_inbox", action: { ...general, event: "RibbonInbox", title: _("Ribbon: inbox") } },
    { id: "ribbon_downloads", action: { ...general, event: "RibbonDownloads", title: _("Ribbon: downloads") } },
    { id: "ribbon_connect", action: { ...general, event: "RibbonConnect", title: _("Ribbon: connect with a code") } },
    {
      id: "ribbon_recording",
      action: { ...general, event: "RibbonRecording", title: _("Ribbon: pause or go on with recording") },
    },
    { id: "ribbon_servers", action: { ...general, event: "RibbonServers", title: _("Ribbon: servers") } },
    { id: "ribbon_log", action: { ...general, event: "RibbonLog", title: _("Ribbon: log") } },
    { id: "ribbon_this_book", action: { ...reader, event: "RibbonThisBook", title: _("Ribbon: this book") } },
    {
      id: "ribbon_series_rest",
      action: { ...reader, event: "RibbonSeriesRest", title: _("Ribbon: rest of this series") },
    },
    {
      id: "ribbon_record_book",
      action: { ...reader, event: "RibbonRecordBook", title: _("Ribbon: record this book, or stop") },
    },
  ];
}
