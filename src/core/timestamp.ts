import type { EpochSeconds } from "./units";

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
