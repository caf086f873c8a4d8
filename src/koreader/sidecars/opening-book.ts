import util = require("util");
import type { DataTable } from "../../core/sdr/lua-value";
import type { FirstPlace, OpeningBook, Origin } from "../../ports/open-sidecar";
import { isBound } from "./bound-keys";
import { keyChanges } from "./differences";
import { fromNative, toNative } from "./native";

/** A sidecar as KOReader has it in memory. */
export function dataOf(settings: KOReader.LuaSettings): DataTable {
  const data = fromNative(settings.data);
  return typeof data === "object" ? data : { keys: [], values: [] };
}

/** @see OpeningBook */
export class KoOpeningBook implements OpeningBook {
  readonly file: string;
  readonly isNew: boolean;
  private digest: string | undefined;

  constructor(
    private readonly settings: KOReader.DocSettings,
    private readonly document: KOReader.Document,
  ) {
    this.file = document.file;
    this.isNew = settings.hasNot("doc_props");
  }

  data(): DataTable {
    return dataOf(this.settings);
  }

  admits({ md5, dom }: Origin): boolean {
    const isSameModel = this.document.info.has_pages || dom === this.settings.data["cre_dom_version"];
    return isSameModel && md5 !== undefined && md5 === this.md5() && this.takesList();
  }

  take(after: DataTable): void {
    const before = this.data();
    for (const { key, value } of keyChanges(before, after)) {
      if (isBound(key, before)) continue;
      if (value === undefined) this.settings.delSetting(key);
      else this.settings.saveSetting(key, toNative(value));
      if (key === "annotations") this.settings.makeTrue("annotations_externally_modified");
    }
  }

  /** Without the version of the document model KOReader chooses the oldest for a book that has a place. */
  begin({ md5, dom, xpointer, page }: FirstPlace): void {
    const { settings, document } = this;
    if (!this.isNew || md5 === undefined || md5 !== this.md5()) return;
    const latest = document.getLatestDomVersion?.() ?? 0;
    if (xpointer !== undefined && dom !== undefined && dom <= latest && !document.info.has_pages) {
      settings.saveSetting("cre_dom_version", dom).saveSetting("last_xpointer", xpointer);
    }
    if (page !== undefined && document.info.has_pages && page >= 1 && page <= document.getPageCount()) {
      settings.saveSetting("last_page", page);
    }
  }

  /** As the sidecar has it since the first opening; a new book is read for it, 12 KiB at most. */
  private md5(): unknown {
    this.digest ??= util.partialMD5(this.document.file);
    return this.settings.data["partial_md5_checksum"] ?? this.digest;
  }

  private list(key: string): KOReader.Annotation[] | undefined {
    return this.settings.data[key] as KOReader.Annotation[] | undefined;
  }

  /**
   * Whether KOReader will take the list as it stands. It makes one of highlights in the form of before v2024.07 only where there
   * is none, and puts a list of the other engine aside for one that it had put aside before.
   */
  private takesList(): boolean {
    const isPaging = this.document.info.has_pages;
    const list = this.list("annotations");
    if (list === undefined) return this.settings.hasNot("bookmarks") && this.settings.hasNot("highlight");
    const [first] = list;
    if (first !== undefined) return (type(first.page) === "number") === isPaging;
    return (this.list(isPaging ? "annotations_paging" : "annotations_rolling") ?? []).length === 0;
  }
}
