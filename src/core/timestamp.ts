import { type EpochSeconds, epochSeconds } from "./units";

const DAY_SECONDS = 86_400;

/** Two digits, with a leading zero. */
function pad(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** Whole quotient and what is left of it, both for values of 0 and more. */
function divide(value: number, by: number): [quotient: number, rest: number] {
  const quotient = Math.floor(value / by);
  return [quotient, value - quotient * by];
}

/** Year, month and day of a count of days since 1970-01-01, by Howard Hinnant's civil_from_days. */
function civilDate(days: number): [year: number, month: number, day: number] {
  const [era, dayOfEra] = divide(days + 719_468, 146_097);
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}

/** `2026-11-21T08:05:00Z`. Neither Lua's os.date nor JavaScript's Date exists in both runtimes. */
export function isoUtc(time: EpochSeconds): string {
  const [days, secondOfDay] = divide(Math.floor(time), DAY_SECONDS);
  const [year, month, day] = civilDate(days);
  const [hour, secondOfHour] = divide(secondOfDay, 3600);
  const [minute, second] = divide(secondOfHour, 60);
  return `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}Z`;
}

/** Days since 1970-01-01 of a date, by Howard Hinnant's days_from_civil. */
function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const [era, yearOfEra] = divide(shifted, 400);
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The digits from one place of a text to another as a number; nothing when there is anything else. */
function digitsAt(text: string, from: number, to: number): number | undefined {
  let value = 0;
  for (const digit of text.slice(from, to).split("")) {
    const index = "0123456789".indexOf(digit);
    if (index < 0) return undefined;
    value = value * 10 + index;
  }
  return text.length >= to ? value : undefined;
}

/** The second of a stamp in UTC as servers write it: `2026-11-21T08:05:00.123456Z`. Nothing when it is not one. */
export function epochOf(stamp: string): EpochSeconds | undefined {
  const year = digitsAt(stamp, 0, 4);
  const month = digitsAt(stamp, 5, 7);
  const day = digitsAt(stamp, 8, 10);
  const hour = digitsAt(stamp, 11, 13);
  const minute = digitsAt(stamp, 14, 16);
  const second = digitsAt(stamp, 17, 19);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  return epochSeconds(daysOf(year, month, day) * DAY_SECONDS + hour * 3600 + minute * 60 + second);
}
