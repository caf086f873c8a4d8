/** The screen that shows a book. */
import { displayProps, openDocument } from "../documents/open-document";
import type { RollingDocument } from "../documents/rolling-document";
import { partialMD5 } from "../data/partial-md5";
import { handleWithChildren, newEvent } from "../loop/events";
import { ours } from "../loop/tasks";
import { uiManager } from "../loop/ui-manager";
import type { Window } from "../loop/windows";
import { docSettings } from "../settings/doc-settings";
import { noteProblem } from "../system/journal";
import { dirname, isFile } from "../system/paths";
import { infoMessage } from "../widgets/messages";
import { AnnotationStore } from "./annotations";
import { readHistory } from "./history";
import { DeviceListener, NetworkListener } from "./listeners";
import { MainMenu } from "./main-menu";
import { Paging } from "./paging";
import { createInstance, forgetInstances, loadPlugins } from "./plugin-loader";
import { Rolling } from "./rolling";
import { noteScreenEvent, screens } from "./screens";
import { View } from "./view";

type Module = KOReader.Widget & { name: string };

const ENDED = ["complete", "abandoned", "reading"];

export class ReaderUI implements KOReader.Ui, Window {
  readonly name = "ReaderUI";
  readonly menu = new MainMenu(true);
  readonly doc_settings: KOReader.DocSettings;
  readonly view: View;
  readonly annotation: AnnotationStore;
  readonly link = { addCurrentLocationToStack: (): void => {} };
  readonly file: string;
  document?: KOReader.Document;
  doc_props?: KOReader.DisplayProps;
  rolling?: KOReader.Rolling;
  paging?: Paging;
  reloading?: boolean;
  private readonly children: KOReader.Widget[] = [];
  private readonly afterInit: (() => void)[] = [];
  private readonly afterReady: (() => void)[] = [];

  constructor(document: KOReader.Document, reloading: boolean) {
    this.document = document;
    this.file = document.file;
    if (reloading) this.reloading = true;
    this.doc_settings = docSettings.open(document.file);
    this.view = new View(this, document);
    this.annotation = new AnnotationStore(this, document);
    this.addModules(document);
    this.addPlugins(document);
    this.bringUp(document);
  }

  private addModules(document: KOReader.Document): void {
    this.children.push(this.view, this.annotation);
    if (document.info.has_pages) {
      this.paging = new Paging(this, document);
      this.children.push(this.paging);
    } else {
      const reflowable = document as RollingDocument;
      const rolling = new Rolling(this, reflowable);
      this.rolling = rolling;
      this.children.push(rolling);
      this.afterReady.push(() => rolling.redraw());
      this.afterInit.push(() => {
        reflowable.load();
        this.handleEvent(newEvent("PreRenderDocument", this.doc_settings));
      });
    }
    this.children.push(new DeviceListener(this), new NetworkListener());
  }

  private addPlugins(document: KOReader.Document): void {
    for (const plugin of loadPlugins()) {
      const instance = createInstance(plugin, { dialog: this, view: this.view, ui: this, document });
      if (instance !== undefined) this.registerModule(plugin.name, instance as Module);
    }
  }

  private registerModule(name: string, module: Module): void {
    (this as unknown as Record<string, Module>)[name] = module;
    module.name = `reader${name}`;
    this.children.push(module);
  }

  private bringUp(document: KOReader.Document): void {
    this.handleEvent(newEvent("DocSettingsLoad", this.doc_settings, document));
    this.handleEvent(newEvent("ReadSettings", this.doc_settings));
    for (const action of this.afterInit) action();
    this.storeIdentity(document);
    readHistory.addItem(document.file);
    this.handleEvent(newEvent("ReaderReady", this.doc_settings));
    this.doc_settings.saveSetting("doc_pages", document.getPageCount());
    for (const action of this.afterReady) action();
    delete this.reloading;
    reader.instance = this;
  }

  /** The digest is taken once in a book's life. */
  private storeIdentity(document: KOReader.Document): void {
    this.doc_settings.saveSetting("doc_props", document.getProps());
    this.doc_props = displayProps(document);
    if (this.doc_settings.hasNot("partial_md5_checksum")) {
      this.doc_settings.saveSetting("partial_md5_checksum", partialMD5(document.file));
    }
    const summary = this.doc_settings.readSetting("summary", {}) as KOReader.Summary;
    if (ENDED.includes(summary.status ?? "")) return;
    summary.status = "reading";
    summary.modified = os.date("%Y-%m-%d");
  }

  handleEvent(event: KOReader.Event): boolean | undefined {
    noteScreenEvent("reader", event);
    return handleWithChildren(this, this.children, event);
  }

  registerPostReaderReadyCallback(callback: (this: void) => void): void {
    this.afterReady.push(callback);
  }

  getCurrentPage(): number {
    return this.paging?.current_page ?? (this.document as RollingDocument).getCurrentPage();
  }

  saveSettings(): void {
    this.handleEvent(newEvent("SaveSettings"));
    this.doc_settings.flush();
    G_reader_settings.flush();
  }

  onFlushSettings(): void {
    this.saveSettings();
  }

  onShowingReader(): void {
    this.onClose();
  }

  /** The sidecar is written by the FlushSettings that closing the window sends. */
  onClose(): void {
    forgetInstances();
    if (this.document !== undefined) {
      readHistory.addItem(this.file);
      this.handleEvent(newEvent("CloseDocument"));
      delete this.document;
    }
    uiManager.close(this);
  }

  onCloseWidget(): void {
    delete reader.instance;
  }

  onHome(): true {
    this.onClose();
    this.showFileManager(this.file);
    return true;
  }

  showFileManager(file: string): void {
    screens.showFiles(dirname(file), file);
  }

  switchDocument(file: string): void {
    this.onClose();
    reader.showReader(file);
  }

  reloadDocument(): void {
    this.handleEvent(newEvent("PreserveCurrentSession"));
    this.onClose();
    isReloading = true;
    reader.showReader(this.file);
  }

  exitOrRestart(callback: ((this: void) => void) | undefined): void {
    this.menu.close();
    uiManager.nextTick(
      ours(() => {
        this.onClose();
        callback?.();
      }),
    );
  }
}

let isReloading = false;

type ReaderModule = Omit<KOReader.ReaderUiModule, "instance"> & { instance?: ReaderUI };

/** KOReader's `apps/reader/readerui`. */
export const reader: ReaderModule = {
  showReader(file) {
    if (!isFile(file)) return uiManager.show(infoMessage.new({ text: `File '${file}' does not exist.` }));
    uiManager.broadcastEvent(newEvent("ShowingReader"));
    uiManager.show(infoMessage.new({ text: `Opening file '${file}'.`, timeout: 0 }));
    uiManager.forceRePaint();
    uiManager.nextTick(ours(() => openInCoroutine(file)));
  },
};

screens.showReader = file => reader.showReader(file);

/** Whatever breaks here leaves the reader in the file browser, with a message. */
function openInCoroutine(file: string): void {
  const thread = coroutine.create(() => doShow(file));
  const [ok, problem] = coroutine.resume(thread);
  if (ok) return;
  noteProblem(`doShowReader coroutine crashed: ${debug.traceback(thread, tostring(problem))}`);
  refuse(file);
}

function doShow(file: string): void {
  const reloading = isReloading;
  isReloading = false;
  const document = openDocument(file);
  if (document === undefined) return refuse(file);
  uiManager.show(new ReaderUI(document, reloading));
}

function refuse(file: string): void {
  uiManager.show(infoMessage.new({ text: "No reader engine for this file or invalid file." }));
  screens.showFiles(dirname(file), file);
}
