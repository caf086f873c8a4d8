export type ByteRange =
  | { readonly kind: "whole" }
  /** From `start` up to, not including, `end`. */
  | { readonly kind: "part"; readonly start: number; readonly end: number }
  | { readonly kind: "beyond" }
  | { readonly kind: "malformed"; readonly why: string };

const WHOLE: ByteRange = { kind: "whole" };

/** What a `Range` header asks of a file, refused as Tome 2.3 does. Several ranges at once get the whole file. */
export function parseRange(header: string | undefined, size: number): ByteRange {
  if (header === undefined) return WHOLE;
  const [unit = "", ...rest] = header.split("=");
  if (rest.length === 0) return { kind: "malformed", why: "Malformed range header." };
  if (unit.trim().toLowerCase() !== "bytes") return { kind: "malformed", why: "Only support bytes range" };
  const ranges = rest.join("=").match(/\d+-\d*|-\d+/g) ?? [];
  const [only = ""] = ranges;
  if (ranges.length > 1) return WHOLE;
  return ranges.length === 0 ? { kind: "malformed", why: "Range header: range must be requested" } : part(only, size);
}

function part(range: string, size: number): ByteRange {
  const [first = "", last = ""] = range.split("-");
  if (first === "") return tail(Number(last), size);
  const start = Number(first);
  if (start >= size) return { kind: "beyond" };
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (end <= start) return { kind: "malformed", why: "Range header: start must be less than end" };
  return { kind: "part", start, end };
}

function tail(length: number, size: number): ByteRange {
  return length === 0 || size === 0
    ? { kind: "beyond" }
    : { kind: "part", start: Math.max(0, size - length), end: size };
}
