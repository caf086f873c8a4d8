/** Documents, their sidecars, and what stands in them. */
declare namespace KOReader {
  interface Document {
    readonly file: string;
    readonly is_pdf?: boolean;
    readonly info: DocumentInfo;
    getPageCount(): number;
    getProps(): DocProps;
    /** Reflowable documents only; fresh even inside PageUpdate. */
    getXPointer?(): string;
    getPageFromXPointer?(xpointer: string): number;
    getPageXPointer?(page: number): string;
    isXPointerInDocument?(xpointer: string): boolean;
    /** 1 in order, 0 the same, -1 the other way round, nothing when one is not in the document. */
    compareXPointers?(first: string, second: string): number | undefined;
    /** The text between two xpointers. */
    getTextFromXPointers?(first: string, second: string): string | undefined;
    /** The version of the document model that this engine gives books that were never opened; callable before the book is loaded. */
    getLatestDomVersion?(): number;
  }

  interface DocumentInfo {
    /** True for fixed pages. */
    readonly has_pages: boolean;
    readonly number_of_pages: number;
  }

  /** What the book's file says of itself. */
  interface DocProps {
    title?: string;
    /** One author a line. */
    authors?: string;
    series?: string;
    series_index?: number;
    language?: string;
    keywords?: string;
    description?: string;
    /** One a line: `scheme:value` or raw text. Only in the sidecar's `doc_props`. */
    identifiers?: string;
  }

  /** With the reader's own corrections; lacks `identifiers`. */
  interface DisplayProps extends DocProps {
    display_title?: string;
    pages?: number;
  }

  interface Summary {
    status?: "new" | "reading" | "abandoned" | "complete";
    rating?: number;
    note?: string;
    /** YYYY-MM-DD, of the last change of status. */
    modified?: string;
  }

  /** A position in a fixed page. */
  interface PagePosition {
    page: number;
    x: number;
    y: number;
    zoom?: number;
    rotation?: number;
  }

  interface PageBox {
    x: number;
    y: number;
    w: number;
    h: number;
  }

  interface Annotation {
    /** Local time, YYYY-MM-DD HH:MM:SS. */
    datetime: string;
    datetime_updated?: string;
    /** Absent: a page bookmark. */
    drawer?: "lighten" | "underscore" | "strikeout" | "invert";
    color?: string;
    text?: string;
    text_edited?: boolean;
    note?: string;
    note_format?: string;
    chapter?: string;
    /** An xpointer, or the number of a fixed page. */
    page: string | number;
    pos0?: string | PagePosition;
    pos1?: string | PagePosition;
    pboxes?: PageBox[];
    ext?: Record<number, object>;
    pageno?: number;
    pageref?: string;
  }

  interface AnnotationStore {
    /** Sorted by position; keep the array itself when changing it. */
    annotations: Annotation[];
    addItem(item: Annotation): number;
  }

  /** The array part holds the items. */
  interface AnnotationsModified {
    readonly [index: number]: Annotation;
    readonly nb_highlights_added?: number;
    readonly nb_notes_added?: number;
    /** @since v2025.04 */
    readonly index_modified?: number;
    /** @since v2025.10 */
    readonly modify_datetime?: boolean;
  }

  interface DocSettings extends LuaSettings {
    readonly doc_sidecar_dir?: string;
    /** The file that was read; absent for a book without a sidecar. */
    readonly source_candidate?: string;
    /** The files that were found; what a flush removes, but for the one that it wrote. */
    candidates?: readonly object[] | undefined;
    /** Writes the sidecar; returns its folder when written. With `noCustom` corrections of metadata stay where they are. */
    flush(data?: object, noCustom?: boolean): string | undefined;
    /** Removes the candidates but for this file and its copy, and what folders they leave empty. */
    purge(kept?: string): void;
    /** Writes `data` as the corrections of a book's metadata: beside its sidecar, or where the sidecar would be. */
    flushCustomMetadata(file: string): true | undefined;
  }

  interface DocSettingsModule {
    open(file: string): DocSettings;
    hasSidecarFile(file: string): boolean;
    findSidecarFile(file: string, noLegacy?: boolean): LuaMultiReturn<[string, string] | [undefined]>;
    getSidecarDir(file: string, location?: SidecarLocation): string;
    getSidecarFilename(this: void, file: string): string;
    /** The place of KOReaders from before 2016. */
    getHistoryPath(file: string): string;
    /** A read-only view of any sidecar: never with a file from outside, it is executed. Without a file: an empty one. */
    openSettingsFile(this: void, sidecarFile?: string): DocSettings;
    updateLocation(this: void, file: string, newFile?: string, copy?: boolean): void;
  }

  type SidecarLocation = "doc" | "dir" | "hash";

  interface BookList {
    /** @since v2025.04 */
    resetBookInfoCache(this: void, file: string): void;
    /** @since v2025.04 */
    setBookInfoCache(this: void, file: string, settings: DocSettings): void;
    /** @since v2025.04 */
    setBookInfoCacheProperty(this: void, file: string, name: string, value: unknown): void;
  }

  interface ReadHistory {
    readonly hist: { readonly time: number; readonly file: string }[];
    addItem(file: string, time?: number, noFlush?: boolean): void;
    removeItemByPath(file: string): void;
  }

  interface CloudServer {
    name: string;
    type: "webdav" | "dropbox" | "ftp";
    address?: string;
    username?: string;
    password?: string;
    url?: string;
  }

  /** The built-in cloud storage plugin, which the reader may have switched off. */
  interface CloudStorage {
    /** @since v2026.07 */
    onShowCloudStorageList(callback: (this: void, server: CloudServer) => void): void;
  }
}

declare module "docsettings" {
  const module: KOReader.DocSettingsModule;
  export = module;
}

declare module "ui/widget/booklist" {
  const module: KOReader.BookList;
  export = module;
}

declare module "readhistory" {
  const module: KOReader.ReadHistory;
  export = module;
}
