/** The file browser. */
import { sorted } from "../data/order";
import { handleWithChildren, newEvent } from "../loop/events";
import { uiManager } from "../loop/ui-manager";
import type { Window } from "../loop/windows";
import { realpath } from "../system/paths";
import { buttonDialog } from "../widgets/dialogs";
import { DeviceListener, NetworkListener } from "./listeners";
import { MainMenu } from "./main-menu";
import { createInstance, forgetInstances, loadPlugins } from "./plugin-loader";
import { noteScreenEvent, screens } from "./screens";

type Module = KOReader.Widget & { name: string };

class FileChooser implements KOReader.FileChooser {
  constructor(public path: string) {}

  refreshPath(): void {}

  changeToPath(path: string): void {
    this.path = path;
    uiManager.broadcastEvent(newEvent("PathChanged", path));
  }
}

export class FileManager implements KOReader.Ui, Window {
  readonly menu = new MainMenu(false);
  readonly file_chooser: KOReader.FileChooser;
  private readonly children: KOReader.Widget[];
  private readonly rows: Record<string, KOReader.FileDialogRow | undefined> = {};

  constructor(folder: string) {
    this.file_chooser = new FileChooser(folder);
    this.children = [new DeviceListener(this), new NetworkListener()];
    for (const plugin of loadPlugins()) {
      if (plugin.is_doc_only === true) continue;
      const instance = createInstance(plugin, { ui: this });
      if (instance !== undefined) this.registerModule(plugin.name, instance as Module);
    }
    browser.instance = this;
  }

  private registerModule(name: string, module: Module): void {
    (this as unknown as Record<string, Module>)[name] = module;
    module.name = `filemanager${name}`;
    this.children.push(module);
  }

  handleEvent(event: KOReader.Event): boolean | undefined {
    noteScreenEvent("browser", event);
    return handleWithChildren(this, this.children, event);
  }

  openFile(file: string): void {
    screens.showReader(file);
  }

  addFileDialogButtons(rowId: string, row: KOReader.FileDialogRow): void {
    this.rows[rowId] = row;
  }

  removeFileDialogButtons(rowId: string): void {
    delete this.rows[rowId];
  }

  /** What a long press on a file shows; only the plugins' rows are made. */
  showFileDialog(file: string): void {
    const buttons = sorted(Object.keys(this.rows)).flatMap(id => {
      const row = this.rows[id]?.(file, true, undefined);
      return row === undefined ? [] : [row];
    });
    const dialog = buttonDialog.new({ title: file, buttons });
    (this.file_chooser as { file_dialog?: KOReader.Widget }).file_dialog = dialog;
    uiManager.show(dialog);
  }

  onFlushSettings(): void {
    this.handleEvent(newEvent("SaveSettings"));
    G_reader_settings.flush();
  }

  onShowingReader(): void {
    this.onClose();
  }

  onClose(): true {
    forgetInstances();
    this.handleEvent(newEvent("SaveSettings"));
    G_reader_settings.flush();
    uiManager.close(this);
    return true;
  }

  onCloseWidget(): void {
    delete browser.instance;
  }

  exitOrRestart(callback: ((this: void) => void) | undefined): void {
    this.menu.close();
    this.onClose();
    callback?.();
  }
}

type BrowserModule = Omit<KOReader.FileManagerModule, "instance"> & { instance?: FileManager };

/** KOReader's `apps/filemanager/filemanager`. */
export const browser: BrowserModule = {};

screens.showFiles = folder => {
  browser.instance?.onClose();
  const path = realpath(folder) ?? folder;
  G_reader_settings.saveSetting("lastdir", path);
  uiManager.show(new FileManager(path));
};
