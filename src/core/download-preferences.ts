import { type FormatOrders, formatOrdersOf } from "./format-choice";
import { FLAT_TEMPLATE, parseTemplate, type PathTemplate } from "./path-template";

/** Folders by kind and series; all in one folder; the reader's own template. */
export type DownloadLayout = "series" | "flat" | "custom";

/** What the reader chose for downloads. */
export interface DownloadPreferences {
  /** An absolute path; empty: KOReader's home folder, or what stands for it. */
  readonly folder: string;
  readonly layout: DownloadLayout;
  /** The reader's own, also while another layout is chosen. */
  readonly template: string;
  readonly formats: FormatOrders;
}

export const DEFAULT_DOWNLOAD_PREFERENCES: DownloadPreferences = {
  folder: "",
  layout: "series",
  template: "{book_type}/{author}/{series} - {volume:00} - {title}",
  formats: {},
};

type Fields = Readonly<Record<string, unknown>>;

const LAYOUTS: readonly DownloadLayout[] = ["series", "flat", "custom"];
const LONGEST = 1000;

function textOf(value: unknown, fallback: string): string {
  return typeof value === "string" && value !== "" && value.length <= LONGEST ? value : fallback;
}

/** As they stand in a file; what is absent or makes no sense is the default. */
export function downloadPreferencesOf(stored: Fields): DownloadPreferences {
  const usual = DEFAULT_DOWNLOAD_PREFERENCES;
  const folder = textOf(stored["folder"], usual.folder);
  return {
    folder: folder.startsWith("/") ? folder : usual.folder,
    layout: LAYOUTS.find(each => each === stored["layout"]) ?? usual.layout,
    template: textOf(stored["template"], usual.template),
    formats: formatOrdersOf(stored["formats"]),
  };
}

/** What paths are made by; nothing for the usual folders, also where the reader's own template is none. */
export function templateFor({ layout, template }: DownloadPreferences): PathTemplate | undefined {
  if (layout === "series") return undefined;
  const parsed = parseTemplate(layout === "flat" ? FLAT_TEMPLATE : template);
  return parsed.ok ? parsed.value : undefined;
}
