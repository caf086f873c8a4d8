import type { RemoteFile } from "./catalogue";

/** The formats that a reader may put in order; others come after them, in the server's order. */
export const FORMATS = ["epub", "kepub.epub", "cbz", "pdf", "mobi", "azw3"] as const;
export type Format = (typeof FORMATS)[number];

/** Formats in their order, parted by a blank, by the server's kind of book; a kind that is not in it has the usual order. */
export type FormatOrders = Readonly<Record<string, string>>;

const LONGEST_ORDER = 200;

/** As they stand in a file; what makes no sense is passed over. */
export function formatOrdersOf(stored: unknown): FormatOrders {
  const orders: Record<string, string> = {};
  if (typeof stored !== "object") return orders;
  const fields = stored as Readonly<Record<string, unknown>>;
  for (const bookType in fields) {
    const order = fields[bookType];
    const isOrder = typeof order === "string" && order.length <= LONGEST_ORDER;
    if (isOrder && typeof bookType === "string") orders[bookType] = order;
  }
  return orders;
}

/** Every format once: those that the reader put in order, then the rest in the usual one. */
export function orderFor(orders: FormatOrders, bookType: string | undefined): Format[] {
  const named: string[] = (orders[bookType ?? ""] ?? "").split(" ");
  const chosen: Format[] = [];
  for (const each of named.concat(FORMATS)) {
    const format = FORMATS.find(known => known === each);
    if (format !== undefined && !chosen.includes(format)) chosen.push(format);
  }
  return chosen;
}

/** Which file of a book is taken; nothing when it has none. */
export function chooseFile(files: readonly RemoteFile[], order: readonly string[]): RemoteFile | undefined {
  for (const format of order) {
    const file = files.find(each => each.format === format);
    if (file !== undefined) return file;
  }
  return files[0];
}
