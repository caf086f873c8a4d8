// The engine of the sync, as functions of plain data.
import { joinBooks } from "../../../src/core/sdr/book-state";
import { entryLine, readEntry } from "../../../src/core/sdr/entry";
import { jsonText } from "../../../src/core/sdr/json-text";
import { readLuaData } from "../../../src/core/sdr/lua-reader";
import { luaText } from "../../../src/core/sdr/lua-writer";
import { shownAnnotations } from "../../../src/core/sdr/shown";

/** What a data file says, in both notations; or why it says nothing. */
export function reread(text: string): string {
  const read = readLuaData(text);
  return read.ok ? `${jsonText(read.value)}${luaText(read.value)}` : read.failure.reason;
}

/** Lines of one book joined in the order given, and what is shown of them. */
export function joined(lines: readonly string[]): string[] {
  let state = readEntry("");
  for (const line of lines) {
    const read = readEntry(line);
    if (read.ok && state.ok)
      state = { ok: true, value: { ...read.value, state: joinBooks(state.value.state, read.value.state) } };
    else if (read.ok) state = read;
  }
  if (!state.ok) return [state.failure];
  const shown = shownAnnotations(state.value.state).map(
    each => `${each.uids.join()} ${jsonText(each.pos)} ${jsonText(each.note ?? "")}`,
  );
  return [entryLine(state.value)].concat(shown);
}
