import { addDays, addMonths, dayOf } from "../../../src/shelf/reading/days";

/** A session; all times in seconds. */
export interface Read {
  readonly userId: number;
  readonly bookId: number;
  /** Since 1970. */
  readonly began: number;
  /** After it began; null = not told. */
  readonly ended: number | null;
  readonly duration: number | null;
  readonly device: string | null;
}

/** A page of a device's own history. */
export interface Page extends Omit<Read, "ended"> {
  readonly page: number;
  readonly duration: number;
  readonly device: string;
}

interface Rows {
  readonly reads: readonly Read[];
  readonly pages: readonly Page[];
}

interface Stretch {
  readonly bookId: number;
  readonly began: number;
  readonly seconds: number;
  readonly sittings: number;
  readonly device: string | null;
}

const HALF_AN_HOUR = 1800;
const MOST = 86_400;
const BY_HAND = ["web", "web-reader", "manual"];

/** Every stretch of a user's reading, row by row, without anything kept. */
function stretchesOf({ reads, pages }: Rows, userId: number): Stretch[] {
  const mine = pages.filter(each => each.userId === userId);
  const told = reads.filter(each => each.userId === userId && !isCovered(each, mine)).map(stretchOf);
  const books = [...new Set(mine.map(({ bookId }) => bookId))];
  const counted = books.flatMap(bookId => pageStretches(mine.filter(each => each.bookId === bookId)));
  return [...told.filter(({ seconds }) => seconds > 0), ...counted];
}

function isCovered({ bookId, began, ended, device }: Read, pages: readonly Page[]): boolean {
  if (BY_HAND.includes(device ?? "")) return false;
  const [from, to] = [began - 120, began + (ended ?? 0) + 120];
  return pages.some(each => each.bookId === bookId && each.began >= from && each.began <= to);
}

function stretchOf({ bookId, began, ended, duration, device }: Read): Stretch {
  return { bookId, began, seconds: Math.min(MOST, duration ?? ended ?? 0), sittings: 1, device };
}

function pageStretches(pages: readonly Page[]): Stretch[] {
  const read = pages.filter(({ duration }) => duration > 0);
  const inOrder = read.toSorted((a, b) => (a.began === b.began ? a.page - b.page : a.began - b.began));
  return inOrder.map(({ bookId, began, duration, device }, index) => {
    const before = inOrder[index - 1];
    const pause = began - (before ? before.began + before.duration : 0);
    const sittings = pause > HALF_AN_HOUR ? 1 : 0;
    return { bookId, began, seconds: Math.min(MOST, duration), sittings, device: device === "" ? null : device };
  });
}

const sum = (of: readonly number[]) => of.reduce((all, each) => all + each, 0);

function sumOf(stretches: readonly Stretch[]) {
  const last = Math.max(...stretches.map(({ began }) => began));
  return {
    seconds: sum(stretches.map(({ seconds }) => seconds)),
    sittings: sum(stretches.map(({ sittings }) => sittings)),
    lastAt: new Date(last * 1000).toISOString().slice(0, 19),
  };
}

/** No name comes before an empty one. */
const nameOf = ({ device }: { readonly device: string | null }) => (device === null ? "" : `=${device}`);

/** The books and the devices of a user, in the order of the page. */
export function sumsBySpec(rows: Rows, userId: number) {
  const stretches = stretchesOf(rows, userId);
  const books = [...new Set(stretches.map(({ bookId }) => bookId))].map(bookId => {
    return { bookId, ...sumOf(stretches.filter(each => each.bookId === bookId)) };
  });
  const devices = [...new Set(stretches.map(({ device }) => device))].map(device => {
    const of = stretches.filter(each => each.device === device);
    return { device, books: new Set(of.map(({ bookId }) => bookId)).size, ...sumOf(of) };
  });
  return {
    books: books.toSorted((a, b) => (a.lastAt === b.lastAt ? a.bookId - b.bookId : a.lastAt < b.lastAt ? 1 : -1)),
    devices: devices.toSorted((a, b) =>
      (a.seconds === b.seconds && nameOf(a) < nameOf(b)) || a.seconds > b.seconds ? -1 : 1,
    ),
  };
}

/** What the page's figures and charts say. */
export function overviewBySpec(rows: Rows, who: { userId: number; zone: string; now: number }) {
  const perDay = new Map<string, number>();
  for (const { began, seconds } of stretchesOf(rows, who.userId)) {
    const day = dayOf(began * 1000, who.zone);
    perDay.set(day, (perDay.get(day) ?? 0) + seconds);
  }
  const today = dayOf(who.now, who.zone);
  const on = (day: string) => perDay.get(day) ?? 0;
  const inMonth = (month: string) =>
    sum([...perDay].filter(([day]) => day.startsWith(month.slice(0, 7))).map(([, seconds]) => seconds));
  const days = Array.from({ length: 30 }, (_, at) => addDays(today, at - 29)).map(day => ({ day, seconds: on(day) }));
  const months = Array.from({ length: 12 }, (_, at) => addMonths(today, at - 11));
  let streak = on(today) >= 60 ? 1 : 0;
  for (let day = addDays(today, -1); on(day) >= 60; day = addDays(day, -1)) streak += 1;
  return {
    ...{ today: on(today), week: sum(days.slice(-7).map(({ seconds }) => seconds)), streak, days },
    months: months.map(day => ({ day, seconds: inMonth(day) })),
  };
}
