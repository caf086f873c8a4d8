import { type EpochSeconds, epochSeconds, type Seconds, seconds } from "../units";
import type { Headers } from "./head";
import { parseDigits } from "./text";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** A server that asks for more is not obeyed: it would never be tried again. */
const LONGEST_WAIT_SECONDS = 86_400;

/** Days from 1970-01-01 to a date, by Howard Hinnant's days_from_civil. `month` is 1 to 12. */
function daysTo(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** `08:49:37`, also with a leap second, as seconds of the day. */
function parseTime(text: string): number | undefined {
  const parts = text.split(":").map(part => (part.length === 2 ? (parseDigits(part) ?? 99) : 99));
  const [hour = 99, minute = 99, second = 99] = parts;
  if (parts.length !== 3 || hour > 23 || minute > 59 || second > 60) return undefined;
  return hour * 3600 + minute * 60 + second;
}

/** The form that every server of today sends, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7); nothing for any other. */
export function parseHttpDate(text: string): EpochSeconds | undefined {
  const [weekday = "", dayText = "", monthText = "", yearText = "", timeText = "", zone, more] = text.split(" ");
  if (weekday.length !== 4 || !weekday.endsWith(",") || zone !== "GMT" || more !== undefined) return undefined;
  const month = MONTHS.indexOf(monthText) + 1;
  const day = dayText.length === 2 ? parseDigits(dayText) : undefined;
  const year = yearText.length === 4 ? parseDigits(yearText) : undefined;
  const time = parseTime(timeText);
  if (day === undefined || year === undefined || time === undefined || month === 0) return undefined;
  if (day < 1 || day > (MONTH_DAYS[month - 1] ?? 0)) return undefined;
  return epochSeconds(daysTo(year, month, day) * 86_400 + time);
}

/**
 * How long a server asks us to wait, at most a day; nothing when it does not say. A date is compared with the server's own
 * clock where it tells that: the device's may be wrong. `now` is the device's.
 */
export function retryAfter(headers: Headers, now: EpochSeconds): Seconds | undefined {
  const value = headers["retry-after"];
  if (value === undefined) return undefined;
  const date = parseHttpDate(value);
  const wait = date === undefined ? parseDigits(value) : date - (parseHttpDate(headers["date"] ?? "") ?? now);
  return wait === undefined ? undefined : seconds(Math.min(Math.max(0, wait), LONGEST_WAIT_SECONDS));
}
