import { sortedKeys } from "../order";
import type { Change } from "./change";
import type { DeliveryInput } from "./deliver";
import { EMPTY, getTable, withKey, type DataTable, type LuaValue } from "./lua-value";
import { fieldText, type ShadowField } from "./shadow";
import { shownField } from "./shown";
import { fits } from "./field-types";

export interface DeliveredFields {
  readonly data: DataTable;
  readonly custom: Record<string, LuaValue | undefined>;
  readonly shadow: Record<string, ShadowField>;
  readonly kept: Record<string, true>;
  readonly changes: Change[];
}

function setIn(result: DeliveredFields, name: string, value: LuaValue | undefined): DeliveredFields {
  const key = name.slice(name.indexOf(".") + 1);
  if (name.startsWith("custom.")) {
    result.custom[key] = value;
    return result;
  }
  if (name.startsWith("set.")) return { ...result, data: withKey(result.data, key, value) };
  const summary = withKey(getTable(result.data, "summary") ?? EMPTY, key, value);
  return { ...result, data: withKey(result.data, "summary", summary) };
}

/** One field: what it shall be here, and whether it is that already. */
function deliverField(input: DeliveryInput, result: DeliveredFields, name: string): DeliveredFields {
  const register = input.state.fields[name];
  const value = shownField(name, register);
  const here = input.view.fields[name];
  const before = input.shadow.fields[name];
  const seen = register?.seen ?? {};
  const text = fieldText(value);
  if (text === fieldText(here)) {
    if (here !== undefined) result.shadow[name] = { text, seen };
    return result;
  }
  const staysHere = value === undefined && (!input.shadow.settled || input.shadow.kept[name] === true);
  if (staysHere || !fits(name, value, here, input.chosen ?? {})) {
    if (before !== undefined) result.shadow[name] = before;
    if (staysHere) result.kept[name] = true;
    return result;
  }
  result.changes.push(value === undefined ? { kind: "unset", name } : { kind: "set", name });
  if (value !== undefined) result.shadow[name] = { text, seen };
  return setIn(result, name, value);
}

/** Status, rating, review, custom properties and settings as they shall be. Places and facts of devices are not for a sidecar. */
export function deliverFields(input: DeliveryInput): DeliveredFields {
  let result: DeliveredFields = { data: input.data, custom: {}, shadow: {}, kept: {}, changes: [] };
  for (const name of sortedKeys(input.shadow.fields)) {
    const before = input.shadow.fields[name];
    if (before !== undefined) result.shadow[name] = before;
  }
  for (const name of sortedKeys(input.state.fields)) {
    const isOfSidecar = name.startsWith("summary.") || name.startsWith("custom.") || name.startsWith("set.");
    if (isOfSidecar) result = deliverField(input, result, name);
  }
  return result;
}
