import { TextDecoder } from "node:util";
import { readLenient } from "./lenient-json";

export type Body =
  | { readonly kind: "absent" }
  | { readonly kind: "value"; readonly value: unknown }
  /** `at` counts characters, as Python does. */
  | { readonly kind: "broken"; readonly at: number; readonly why: string }
  /** Not UTF-8, or nested too deeply. */
  | { readonly kind: "unreadable" };

/**
 * Reads a body as Tome 2.3 does: no media type counts as JSON, another type than JSON makes it a bare text, a byte
 * order mark is skipped, `NaN` and `Infinity` are numbers, and `null` is as good as nothing.
 */
export function readBody(bytes: Uint8Array | undefined, mediaType: string | undefined): Body {
  if (!bytes || bytes.length === 0) return { kind: "absent" };
  if (!isJson(mediaType)) return { kind: "value", value: Buffer.from(bytes).toString() };
  const decoded = decode(bytes);
  if (decoded === undefined) return { kind: "unreadable" };
  const body = parse(decoded);
  return body.kind === "value" && body.value === null ? { kind: "absent" } : body;
}

function isJson(mediaType: string | undefined): boolean {
  if (mediaType === undefined) return true;
  const essence = mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
  return essence === "application/json" || (essence.startsWith("application/") && essence.endsWith("+json"));
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(source: string): Body {
  try {
    return { kind: "value", value: JSON.parse(source) as unknown };
  } catch {
    return readLenient(source);
  }
}
