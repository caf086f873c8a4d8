import WidgetContainer = require("ui/widget/container/widgetcontainer");
import { closeBook, keepSitting, showBrowser } from "./app/close";
import { greetNeighbours } from "./app/greet";
import { lastCall } from "./app/last-call";
import { openBook } from "./app/open";
import { fallAsleep } from "./app/sleep";
import { sdr } from "./app/sdr-time";
import { ribbon } from "./app/start";
import { turnPage } from "./app/turn";
import { networkCameBack, wakeUp } from "./app/wake";
import { guardedOr } from "./guard";
import { KoDocument } from "./koreader/document";
import { part } from "./parts";
import "./ui/gestures";
import type { Act } from "./ui/gestures";
import { _ } from "./ui/gettext";

function stop(): void {
  ribbon().stop();
}

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
  },

  addToMainMenu(items) {
    // Below this menu is the plugin manager, which removes our folder before it asks us for the data: nothing loads then.
    part("app/leaving");
    items["ribbon"] = {
      text: _("Ribbon"),
      sorting_hint: "tools",
      sub_item_table_func: guardedOr<KOReader.MenuItem[]>([], () => part("ui/menu").ribbonMenu(ribbon().screens())),
    };
  },

  onRibbon(act: Act) {
    part("app/perform").perform(act, ribbon().screens());
  },

  onDocSettingsLoad(settings, document) {
    sdr(ribbon().runtime)?.opening(this.ui, settings, document);
  },

  onAnnotationsModified(items) {
    ribbon().runtime.sdr?.heard(items);
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

  onExit: stop,
  onRestart: stop,
  onPowerOff: stop,
  onReboot: stop,

  stopPlugin() {
    part("app/leaving").switchOff(Ribbon, ribbon());
  },

  deletePluginSettings() {
    part("app/leaving").leave(Ribbon, ribbon());
  },
});

export = Ribbon;
