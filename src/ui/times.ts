import ffiUtil = require("ffi/util");
import type { EpochSeconds } from "../core/units";
import { _ } from "./gettext";

const T = ffiUtil.template;

/** 24 or 12 hours, as everywhere in KOReader. */
function clockFormat(): string {
  return G_reader_settings.readSetting("twelve_hour_clock") === true ? "%I:%M %p" : "%H:%M";
}

function formatted(format: string, at: EpochSeconds): string {
  return tostring(os.date(format, at));
}

/** "21:40" */
export function timeOfDay(at: EpochSeconds): string {
  return formatted(clockFormat(), at);
}

/** "21:40" on the same day, "11-20 21:40" on another. */
export function shortDate(at: EpochSeconds, now: EpochSeconds): string {
  const isToday = formatted("%Y-%m-%d", at) === formatted("%Y-%m-%d", now);
  return isToday ? timeOfDay(at) : formatted(`%m-%d ${clockFormat()}`, at);
}

/** "2026-11-20 21:40" */
export function longDate(at: EpochSeconds): string {
  return formatted(`%Y-%m-%d ${clockFormat()}`, at);
}

/** Whole minutes, as a person counts them: whoever began a minute has read one. */
export function minutesOf(duration: number): number {
  return Math.max(1, Math.floor(duration / 60 + 0.5));
}

/** "12 minutes" */
export function minutesWords(duration: number): string {
  const minutes = minutesOf(duration);
  return T(_.ngettext("1 minute", "%1 minutes", minutes), minutes);
}
