export type ParsedDate =
  /** ISO-8601, the zone cut off without conversion, as Tome 2.3 stores it. */
  { readonly kind: "date"; readonly iso: string } | { readonly kind: "invalid"; readonly why: string };

const DATE = /^(\d{4})-?(\d\d)-?(\d\d)(?:.(.+))?$/su;
const TIME = /^(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?$/;
const ZONE = /[+-]\d\d(?::?\d\d(?::?\d\d(?:\.\d+)?)?)?$/;

/**
 * Reads a date as Tome 2.3 does, with Python's `datetime.fromisoformat`: the time, its zone and its parts may be missing,
 * any character may stand for the `T`. `why` is worded as Python words it, because that text is part of the answer.
 */
export function parsePythonDate(source: string): ParsedDate {
  const zoned = source.replaceAll("Z", "+00:00");
  const unreadable: ParsedDate = { kind: "invalid", why: `Invalid isoformat string: ${quote(zoned)}` };
  const date = DATE.exec(zoned);
  if (!date) return unreadable;
  const [, year = "", month = "", day = "", clock] = date;
  const time = clock === undefined ? ["", "00", "00", "00"] : TIME.exec(clock.replace(ZONE, ""));
  if (!time) return unreadable;
  const [, hour = "00", minute = "00", second = "00", fraction] = time;
  const why = dateFault(Number(year), Number(month), Number(day)) ?? timeFault(hour, minute, second);
  if (why !== undefined) return { kind: "invalid", why };
  const decimals = fraction === undefined ? "" : `.${fraction.slice(0, 6).padEnd(6, "0")}`;
  return { kind: "date", iso: `${year}-${month}-${day}T${hour}:${minute}:${second}${decimals}` };
}

function dateFault(year: number, month: number, day: number): string | undefined {
  if (year === 0) return "year 0 is out of range";
  if (month < 1 || month > 12) return "month must be in 1..12";
  return day < 1 || day > daysIn(year, month) ? "day is out of range for month" : undefined;
}

function timeFault(hour: string, minute: string, second: string): string | undefined {
  if (Number(hour) > 23) return "hour must be in 0..23";
  if (Number(minute) > 59) return "minute must be in 0..59";
  return Number(second) > 59 ? "second must be in 0..59" : undefined;
}

function daysIn(year: number, month: number): number {
  // The Gregorian calendar repeats after 400 years, and Date.UTC would take the years 0 to 99 for 1900 to 1999.
  return new Date(Date.UTC((year % 400) + 400, month, 0)).getUTCDate();
}

/** A text in the quotes in which Python would show it. */
function quote(value: string): string {
  const escaped = value
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  if (escaped.includes("'") && !escaped.includes('"')) return `"${escaped}"`;
  return `'${escaped.replaceAll("'", "\\'")}'`;
}
