import Dispatcher = require("dispatcher");
import _ = require("gettext");
import WidgetContainer = require("ui/widget/container/widgetcontainer");
import { closeBook, keepSitting, showBrowser } from "./app/close";
import { greetNeighbours } from "./app/greet";
import { lastCall } from "./app/last-call";
import { openBook } from "./app/open";
import { fallAsleep } from "./app/sleep";
import { ribbon } from "./app/start";
import { syncNow } from "./app/sync";
import { turnPage } from "./app/turn";
import { networkCameBack, wakeUp } from "./app/wake";
import { guardedOr } from "./guard";
import { KoDocument } from "./koreader/document";
import { part } from "./parts";
import { gestures } from "./ui/gestures";

/**
 * The plugin as KOReader sees it: every event that concerns us, and where it is handled. KOReader makes one instance for
 * the file browser and one for every book; what must outlive them is in `ribbon()`.
 */
const Ribbon = WidgetContainer.extend({
  name: "ribbon",
  is_doc_only: false,

  init() {
    this.ui.menu.registerToMainMenu(this);
    const { runtime } = ribbon();
    if (this.ui.document === undefined) {
      showBrowser(runtime);
      greetNeighbours(ribbon());
    }
    this.onDispatcherRegisterActions();
  },

  addToMainMenu(items) {
    items["ribbon"] = {
      text: _("Ribbon"),
      sorting_hint: "tools",
      sub_item_table_func: guardedOr<KOReader.MenuItem[]>([], () => part("ui/menu").ribbonMenu(ribbon().screens())),
    };
  },

  onDispatcherRegisterActions() {
    for (const { id, action } of gestures()) Dispatcher.registerAction(id, action);
  },

  onRibbonBrowse() {
    part("ui/library").browseLibrary(ribbon().screens().library());
  },

  onRibbonSearch() {
    part("ui/library").searchLibrary(ribbon().screens().library());
  },

  onRibbonSeriesRest() {
    part("ui/library").restOfThisSeries(ribbon().screens().library());
  },

  onRibbonSyncNow() {
    syncNow(ribbon().runtime);
  },

  onRibbonStatus() {
    part("ui/menu").showStatus(ribbon().screens());
  },

  onRibbonWaiting() {
    part("ui/menu").showWaiting(ribbon().screens());
  },

  onRibbonInbox() {
    part("ui/downloads").showInbox(ribbon().screens().library());
  },

  onRibbonDownloads() {
    part("ui/downloads").showDownloads(ribbon().screens().library());
  },

  onRibbonConnect() {
    part("ui/menu").connectWithCode(ribbon().screens());
  },

  onRibbonRecording() {
    part("ui/menu").toggleRecording(ribbon().screens());
  },

  onRibbonServers() {
    part("ui/menu").showServers(ribbon().screens(), () => {});
  },

  onRibbonLog() {
    part("ui/menu").showLog(ribbon().screens());
  },

  onRibbonRecordBook() {
    part("ui/menu").toggleThisBook(ribbon().screens());
  },

  onRibbonThisBook() {
    part("ui/menu").showThisBook(ribbon().screens());
  },

  onReaderReady() {
    if (this.ui.document !== undefined) openBook(ribbon().runtime, new KoDocument(this.ui, this.ui.document));
  },

  onPageUpdate(page) {
    turnPage(ribbon().runtime, page);
  },

  // Scroll mode: many times a second while a thumb drags.
  onPosUpdate(_position, page) {
    turnPage(ribbon().runtime, page);
  },

  onPreserveCurrentSession() {
    keepSitting(ribbon().runtime);
  },

  onSuspend() {
    fallAsleep(ribbon().runtime);
  },

  onResume() {
    wakeUp(ribbon().runtime);
  },

  onNetworkConnecting() {
    ribbon().runtime.loan?.lost();
  },

  onNetworkConnected() {
    networkCameBack(ribbon().runtime);
  },

  onNetworkDisconnecting() {
    lastCall(ribbon().runtime);
  },

  onCloseDocument() {
    closeBook(ribbon().runtime);
  },

  onExit() {
    ribbon().stop();
  },

  onRestart() {
    ribbon().stop();
  },

  onPowerOff() {
    ribbon().stop();
  },

  onReboot() {
    ribbon().stop();
  },

  stopPlugin() {
    ribbon().stop();
  },
});

export = Ribbon;
