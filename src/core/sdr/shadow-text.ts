import { failure, success, type Result } from "../result";
import { readJson } from "./json-reader";
import { jsonText } from "./json-text";
import { SIDECAR_LIMITS } from "./limits";
import { get, getTable, getText, isTable, tableOf, type DataTable, type LuaValue } from "./lua-value";
import type { Shadow, ShadowAnnotation, ShadowField } from "./shadow";
import { toVector } from "./entry";
import type { VersionVector } from "./version-vector";

type Pictures = Readonly<Record<string, ShadowAnnotation>>;

function fromPictures(annotations: Pictures): DataTable {
  const items: Record<string, LuaValue> = {};
  for (const uid in annotations) {
    const annotation = annotations[uid];
    if (annotation !== undefined) {
      const seen: Record<string, LuaValue> = {};
      for (const each in annotation.seen) seen[each] = tableOf(annotation.seen[each] ?? {});
      const { key, pos, sty, note } = annotation;
      items[uid] = tableOf({ key, pos, sty, note, seen: tableOf(seen) });
    }
  }
  return tableOf(items);
}

function fromFields(fields: Readonly<Record<string, ShadowField>>): DataTable {
  const items: Record<string, LuaValue> = {};
  for (const name in fields) {
    const field = fields[name];
    if (field !== undefined) items[name] = tableOf({ text: field.text, seen: tableOf(field.seen) });
  }
  return tableOf(items);
}

/** A shadow as one line for the store. */
export function shadowText(shadow: Shadow): string {
  return jsonText(
    tableOf({
      annotations: fromPictures(shadow.annotations),
      held: fromPictures(shadow.held),
      fields: fromFields(shadow.fields),
      kept: tableOf(shadow.kept),
      settled: shadow.settled,
      session: shadow.session,
    }),
  );
}

function toPictures(table: DataTable | undefined): Record<string, ShadowAnnotation> {
  const annotations: Record<string, ShadowAnnotation> = {};
  let index = 0;
  for (const uid of table?.keys ?? []) {
    const item = table?.values[index];
    const seen: Record<string, VersionVector> = {};
    const vectors = getTable(item, "seen");
    for (const each of vectors?.keys ?? [])
      if (typeof each === "string") seen[each] = toVector(get(vectors, each)) ?? {};
    const [key, pos, sty] = [getText(item, "key") ?? "", getText(item, "pos") ?? "", getText(item, "sty") ?? ""];
    if (typeof uid === "string") annotations[uid] = { key, pos, sty, note: getText(item, "note") ?? "", seen };
    index += 1;
  }
  return annotations;
}

function toFields(table: DataTable | undefined): Record<string, ShadowField> {
  const fields: Record<string, ShadowField> = {};
  let index = 0;
  for (const name of table?.keys ?? []) {
    const item = table?.values[index];
    const text = getText(item, "text") ?? "";
    if (typeof name === "string") fields[name] = { text, seen: toVector(get(item, "seen")) ?? {} };
    index += 1;
  }
  return fields;
}

/** Reads back what `shadowText` wrote. A shadow that cannot be read is as good as none: the next look is a first sight. */
export function readShadow(text: string): Result<Shadow, "garbled"> {
  const read = readJson(text, SIDECAR_LIMITS);
  if (!read.ok || !isTable(read.value)) return failure("garbled");
  const kept: Record<string, true> = {};
  for (const name of getTable(read.value, "kept")?.keys ?? []) if (typeof name === "string") kept[name] = true;
  return success({
    annotations: toPictures(getTable(read.value, "annotations")),
    held: toPictures(getTable(read.value, "held")),
    fields: toFields(getTable(read.value, "fields")),
    kept,
    settled: get(read.value, "settled") === true,
    session: getText(read.value, "session"),
  });
}
