import datetime = require("datetime");
import ffiUtil = require("ffi/util");
import type { EpochSeconds } from "../core/units";
import { _ } from "./gettext";

const T = ffiUtil.template;

const HOUR = 3600;

/** "21:40", or by the reader's choice "9:40 PM", as everywhere in KOReader. */
export function timeOfDay(at: EpochSeconds): string {
  return datetime.secondsToHour(at, G_reader_settings.isTrue("twelve_hour_clock"));
}

/** "21:40" on the same day, "Nov 20, 21:40" on another. */
export function shortDate(at: EpochSeconds, now: EpochSeconds): string {
  if (datetime.secondsToDate(at) === datetime.secondsToDate(now)) return timeOfDay(at);
  const [month = "", day = ""] = string.match(tostring(os.date("%b %d", at)), "^(%a+) 0?(%d+)$");
  // Translators: %1 is a month, %2 its day, %3 the time: "Nov 20, 21:40".
  return T(_("%1 %2, %3"), datetime.shortMonthTranslation[month] ?? month, day, timeOfDay(at));
}

/** "Fri Nov 20 2026 21:40" */
export function longDate(at: EpochSeconds): string {
  return datetime.secondsToDateTime(at, G_reader_settings.isTrue("twelve_hour_clock"), true);
}

/** Whole minutes, as a person counts them: whoever began a minute has read one. */
export function minutesOf(duration: number): number {
  return Math.max(1, Math.floor(duration / 60 + 0.5));
}

/** "12 minutes"; from an hour on as KOReader's statistics have it: "01:30", "1h30'". */
export function durationWords(duration: number): string {
  const minutes = minutesOf(duration);
  if (minutes * 60 < HOUR) return T(_.ngettext("1 minute", "%1 minutes", minutes), minutes);
  const format = G_reader_settings.readSetting("duration_format", "classic") as string;
  return datetime.secondsToClockDuration(format, duration, true);
}
