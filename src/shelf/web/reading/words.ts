/** 35 min, 2 h 5 min; less than a minute when something, but not a minute, was read. */
export function durationWords(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes === 0) return seconds > 0 ? "less than a minute" : "0 min";
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours.toLocaleString("en-GB")} h` : `${hours.toLocaleString("en-GB")} h ${rest} min`;
}

export function percentWords(fraction: number | null): string {
  return fraction === null ? "–" : `${(fraction * 100).toFixed(1)} %`;
}

/** 1 day, 3 days. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}

const FORMATS = {
  day: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" }),
  month: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "short" }),
  longDay: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" }),
  longMonth: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "long", year: "numeric" }),
};

/** A day (2026-11-21) as a calendar would name it. */
export function dayWords(day: string, format: keyof typeof FORMATS): string {
  // Releases of ICU differ in a comma.
  return FORMATS[format].format(Date.parse(`${day}T00:00:00Z`)).replace(",", "");
}
