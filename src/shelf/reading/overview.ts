import type { Reading } from "../store/reading";
import { addDays, addMonths, DAY_MS, dayOf, startOfDay } from "./days";

/** How long somebody read on a day or in a month. */
export interface Span {
  /** Its first day: 2026-11-21. */
  readonly day: string;
  readonly seconds: number;
}

export interface Overview {
  readonly today: number;
  /** This day and the six before it. */
  readonly week: number;
  /** Days in a row, up to today, or up to yesterday while today is still to come. */
  readonly streak: number;
  /** The last 30 days, oldest first. */
  readonly days: readonly Span[];
  /** The last 12 months, oldest first. */
  readonly months: readonly Span[];
}

interface Who {
  readonly userId: number;
  readonly zone: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const DAYS = 30;
const MONTHS = 12;
/** A page turned by accident makes no day of reading. */
const LEAST_SECONDS = 60;
const LONGEST_STREAK = 10_000;

/** What a reader did lately. A stretch of reading belongs to the day on which it began, by the reader's clock. */
export function overviewOf(reading: Reading, who: Who): Overview {
  const today = dayOf(who.now, who.zone);
  const span = (day: string, next: string): Span => {
    const [from, to] = [startOfDay(day, who.zone), startOfDay(next, who.zone)];
    return { day, seconds: reading.secondsBetween(who.userId, from, to) };
  };
  const days = range(DAYS, back => addDays(today, -back)).map(day => span(day, addDays(day, 1)));
  const months = range(MONTHS, back => addMonths(today, -back)).map(day => span(day, addMonths(day, 1)));
  const week = days.slice(-7).reduce((sum, { seconds }) => sum + seconds, 0);
  return { today: days.at(-1)?.seconds ?? 0, week, streak: streakOf(reading, who, today), days, months };
}

function streakOf(reading: Reading, { userId, zone }: Who, today: string): number {
  let [day, from] = [today, startOfDay(addDays(today, 1), zone)];
  const wasReadTheDayBefore = () => {
    const to = from;
    from = startOfDay(day, zone, to - DAY_MS);
    day = addDays(day, -1);
    return reading.secondsBetween(userId, from, to) >= LEAST_SECONDS;
  };
  let streak = wasReadTheDayBefore() ? 1 : 0;
  while (streak < LONGEST_STREAK && wasReadTheDayBefore()) streak += 1;
  return streak;
}

/** From the furthest back to now. */
function range(length: number, at: (back: number) => string): string[] {
  return Array.from({ length }, (_, index) => at(length - 1 - index));
}
