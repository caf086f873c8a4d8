import { downloadPreferencesOf } from "../../core/download-preferences";
import { sorted } from "../../core/order";
import { sdrOptionsOf } from "../../core/sdr-settings";
import type { Settings } from "../../ports/settings";
import type { Line } from "./lines";

/** What the reader chose, where it is one of a few: no text of theirs. */
export function choiceLines(settings: Settings): Line[] {
  const { folder, layout } = downloadPreferencesOf(settings.downloadFields());
  return [
    fieldsIn({ ...settings.preferences() }),
    `downloads: layout ${layout}, folder ${folder === "" ? "KOReader's" : "own"}`,
    `highlights: ${fieldsIn({ ...sdrOptionsOf(settings.sdrFields()) })}`,
  ];
}

/** Numbers, switches and single plain words only. */
function fieldsIn(fields: Readonly<Record<string, unknown>>): string {
  const said: string[] = [];
  for (const [name, value] of pairs(fields as never)) {
    const isWord = typeof value === "string" && string.match(value, "^[%a-]+$")[0] !== undefined;
    if (typeof value === "number" || typeof value === "boolean" || isWord)
      said.push(`${tostring(name)} ${tostring(value)}`);
  }
  return sorted(said, (a, b) => a < b).join(", ");
}
