/** What a plugin is to KOReader, and what KOReader is to a plugin. */
declare namespace KOReader {
  /**
   * KOReader's events, as handlers. Extend it by declaration merging for own Dispatcher events.
   * A truthy result stops the event: lifecycle handlers return nothing.
   */
  interface Events {
    onDocSettingsLoad(settings: DocSettings, document: Document): boolean | void;
    onReadSettings(settings: DocSettings): boolean | void;
    onReaderReady(settings: DocSettings): boolean | void;
    onPageUpdate(page: number): boolean | void;
    onPosUpdate(position: number, page: number): boolean | void;
    onDocumentRerendered(): boolean | void;
    onDocumentPartiallyRerendered(first: boolean): boolean | void;
    onEndOfBook(): boolean | void;
    onAnnotationsModified(items: AnnotationsModified): boolean | void;
    onPreserveCurrentSession(): boolean | void;
    onCloseDocument(): boolean | void;
    onSaveSettings(): boolean | void;
    onFlushSettings(showNotification?: boolean): boolean | void;
    onCloseWidget(): boolean | void;
    onShowingReader(): boolean | void;
    onSetupShowReader(): boolean | void;
    onSuspend(): boolean | void;
    onResume(): boolean | void;
    onOutOfScreenSaver(): boolean | void;
    onNetworkConnecting(): boolean | void;
    onNetworkConnected(): boolean | void;
    onNetworkDisconnecting(): boolean | void;
    onNetworkDisconnected(): boolean | void;
    onPowerOff(): boolean | void;
    onReboot(): boolean | void;
    onExit(callback?: (this: void) => void): boolean | void;
    onRestart(): boolean | void;
    onCharging(): boolean | void;
    onNotCharging(): boolean | void;
    onDispatcherRegisterActions(): boolean | void;
    onBookMetadataChanged(change?: MetadataChange): boolean | void;
    onInvalidateMetadataCache(file: string): boolean | void;
    /** @since v2025.04 */
    onPathChanged(path: string): boolean | void;
  }

  interface MetadataChange {
    readonly filepath: string;
    readonly doc_props: DocProps;
  }

  interface PluginMembers extends Events {
    name: string;
    is_doc_only: boolean;
    disabled: boolean;
    /** `<settings>/<name>.lua`: lets the plugin manager delete the plugin's settings (v2026.07). */
    settings_file: string;
    init(): void;
    addToMainMenu(items: MenuItems): void;
    /** @since v2025.10 */
    stopPlugin(force?: boolean): void;
    /**
     * From the plugin manager, perhaps after the plugin's folder was removed, and before `stopPlugin`.
     * @since v2026.07
     */
    deletePluginSettings(): void;
  }

  /** What KOReader has put on an instance before `init`. */
  interface PluginBase {
    /** The directory's name; after `init` with "reader" or "filemanager" before it. */
    name: string;
    path: string;
    ui: Ui;
    /** Points to a closed object after CloseDocument: prefer `ui.document`. */
    document?: Document;
    handleEvent(event: Event): boolean | undefined;
  }

  interface PluginClass<Own extends object> {
    extend<Members extends object>(
      members: Members & Partial<PluginMembers> & ThisType<PluginBase & Own & Members>,
    ): PluginClass<Own & Members> & Own & Members;
    "new"(attributes: object): PluginBase & Own;
  }

  /** ReaderUI or FileManager, as a plugin sees it. */
  interface Ui extends Widget {
    /** "ReaderUI"; FileManager has none. */
    readonly name?: string;
    readonly menu: MainMenu;
    /** Absent in the file browser and while a book closes. */
    document?: Document;
    doc_settings?: DocSettings;
    doc_props?: DisplayProps;
    /** Reflowable documents only. */
    rolling?: Rolling;
    /** Fixed-page documents only. */
    paging?: Paging;
    view?: View;
    link?: Link;
    annotation?: AnnotationStore;
    bookmark?: object;
    highlight?: Highlight;
    status?: object;
    cloudstorage?: CloudStorage;
    /** The file browser only. */
    file_chooser?: FileChooser;
    /** True while a document is reloaded, until after ReaderReady. @since v2025.04 */
    reloading?: boolean;
    handleEvent(event: Event): boolean | undefined;
    /** Books only. */
    getCurrentPage?(): number;
    /** Books only. */
    switchDocument?(file: string): void;
    /** Books only: the file browser with this file in view. */
    showFileManager?(file: string): void;
    /** The file browser only. */
    openFile?(file: string): void;
    /** Closes the screen for good. */
    onClose(): boolean | void;
    /** Books only: tasks that wait until the book is shown. */
    registerPostReaderReadyCallback?(callback: (this: void) => void): void;
    /** The file browser only. @since v2025.04 */
    addFileDialogButtons?(rowId: string, row: FileDialogRow): void;
    /** The file browser only. @since v2025.04 */
    removeFileDialogButtons?(rowId: string): void;
  }

  type FileDialogRow = (this: void, file: string, isFile: boolean, props?: DisplayProps) => Button[] | undefined;

  interface MainMenu {
    registerToMainMenu(plugin: object): void;
  }

  interface FileChooser {
    readonly path: string;
    refreshPath(): void;
    changeToPath(path: string, focusedFile?: string): void;
  }

  interface Rolling {
    /** The xpointer at the top of the page; still the previous one during PageUpdate. */
    getLastProgress(): string;
    getLastPercent(): number;
  }

  interface Paging {
    getLastProgress(): number;
    getLastPercent(): number;
  }

  interface View {
    readonly footer: Footer;
  }

  /** What the reader's finger is doing. */
  interface Highlight {
    /** A text is being selected over several pages. */
    readonly select_mode?: boolean;
    /** A finger rests on the page. */
    readonly hold_pos?: object;
  }

  interface Footer {
    maybeUpdateFooter(): void;
    /** What the sidecar gets since v2026.03; honours hidden parts of a book. */
    percent_finished?: number;
  }

  interface Link {
    /** Lets the reader go back to where they were. */
    addCurrentLocationToStack(): void;
  }

  interface ReaderUiModule {
    /** Set after ReaderReady. */
    instance?: Ui;
    showReader(file: string): void;
  }

  interface FileManagerModule {
    instance?: Ui;
  }

  interface PluginLoader {
    getPluginInstance(name: string): object | undefined;
  }
}

declare module "ui/widget/container/widgetcontainer" {
  const module: KOReader.PluginClass<object>;
  export = module;
}

declare module "apps/reader/readerui" {
  const module: KOReader.ReaderUiModule;
  export = module;
}

declare module "apps/filemanager/filemanager" {
  const module: KOReader.FileManagerModule;
  export = module;
}

declare module "pluginloader" {
  const module: KOReader.PluginLoader;
  export = module;
}
