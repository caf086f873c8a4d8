const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
/** No clock on earth is further from UTC. */
const FURTHEST_MINUTES = 15 * 60;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether a name is that of a time zone: Europe/Berlin, UTC. */
export function isTimeZone(name: string): boolean {
  try {
    return name !== "" && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The zone in which the server's own clock runs. */
export function serverZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The day that a calendar in a time zone shows at a moment, as 2026-11-21. */
export function dayOf(at: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, ...parts });
    formats.set(zone, format);
  }
  return format.format(at);
}

/**
 * The moment at which a day begins: mostly midnight, but some zones skip it in spring. Milliseconds since 1970.
 * @param guess saves most of the search when it is right, as 24 hours before the next day mostly are
 */
export function startOfDay(day: string, zone: string, guess?: number): number {
  if (guess !== undefined && dayOf(guess, zone) === day && dayOf(guess - MINUTE_MS, zone) < day) return guess;
  const midnight = Date.parse(`${day}T00:00:00Z`) / MINUTE_MS;
  let [before, after] = [midnight - FURTHEST_MINUTES, midnight + FURTHEST_MINUTES];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayOf(middle * MINUTE_MS, zone) < day) before = middle;
    else after = middle;
  }
  return after * MINUTE_MS;
}

export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The first day of the month so many months later. */
export function addMonths(day: string, months: number): string {
  const at = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 10);
}
