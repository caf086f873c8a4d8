// The stand-in's reader in one process with a spec, which hears a plugin's events itself.
import * as books from "../../reader/hand/books";
import { screens } from "../../reader/apps/screens";
import { startRealClock } from "../../reader/system/clock";
import { newDevice, put } from "./sidecar-device";

/** What the spec does where the plugin would. */
export interface Probe {
  onDocSettingsLoad(ui: KOReader.Ui, settings: KOReader.DocSettings, document: KOReader.Document): void;
  onReaderReady(): void;
  onAnnotationsModified(items: KOReader.AnnotationsModified): void;
  onCloseDocument(): void;
}

const PLUGIN = `
local probe = require("ui/widget/container/widgetcontainer"):extend{}
function probe:onDocSettingsLoad(settings, document) PROBE:onDocSettingsLoad(self.ui, settings, document) end
function probe:onReaderReady() PROBE:onReaderReady() end
function probe:onAnnotationsModified(items) PROBE:onAnnotationsModified(items) end
function probe:onCloseDocument() PROBE:onCloseDocument() end
return probe
`;

/** A new device with a reader that tells the probe; gives its folder of books. */
export function newReader(probe: Probe): string {
  const folder = newDevice();
  startRealClock();
  put("./plugins/probe.koplugin/main.lua", PLUGIN);
  _G["PROBE" as never] = probe as never;
  screens.showFiles("./books");
  return folder;
}

export const { openBook, closeBook, highlight, editNote, removeHighlight, reloadBook } = books;
