import type { LuaValue } from "./lua-value";
import { STATUSES, CUSTOM_PROPS } from "./sidecar";
import { classOf, contentType, travels } from "./sidecar-keys";

function isRating(value: LuaValue): boolean {
  return typeof value === "number" && value >= 1 && value <= 5 && Math.floor(value) === value;
}

function isCustom(prop: string, value: LuaValue): boolean {
  if (!CUSTOM_PROPS.some(each => each === prop)) return false;
  return typeof value === "string" || (prop === "series_index" && typeof value === "number");
}

/**
 * Whether a value from elsewhere may stand under this name here. KOReader trusts its sidecars: a table where it expects a number would
 * stop a book from opening. A screen setting must be of the type that it has here already.
 */
export function fits(
  name: string,
  value: LuaValue | undefined,
  here: LuaValue | undefined,
  chosen: Readonly<Record<string, true>>,
): boolean {
  const key = name.slice(name.indexOf(".") + 1);
  if (name.startsWith("set.") && !travels(key, chosen)) return false;
  if (value === undefined) return true;
  switch (name) {
    case "summary.status":
      return typeof value === "string" && STATUSES[value] === true;
    case "summary.rating":
      return isRating(value);
    case "summary.note":
      return typeof value === "string";
    default:
  }
  if (name.startsWith("custom.")) return isCustom(key, value);
  // Tables of KOReader's are sets of switches: `style_tweaks`, `toc_ticks_ignored_levels`.
  if (typeof value === "object" && value.values.some(each => typeof each !== "boolean")) return false;
  return typeof value === (classOf(key) === "content" ? contentType(key) : typeof here);
}
