import { refuse } from "../tome/answer";
import { intercept, isDownload, type Fault } from "./fault";

const disabled = refuse(403, "Downloads are disabled for your account");

/**
 * The download limit of Tome 2.4: so many a day, by the calendar in UTC, and every request counts, a continued one
 * too. 0 = none are allowed. Counted by key here, by user there.
 */
export function quota(perDay: number, now: () => Date): Fault {
  const used = new Map<string, number>();
  return intercept(isDownload, ({ authorization = "" }, proceed) => {
    if (perDay === 0) return disabled;
    const day = `${now().toISOString().slice(0, 10)} ${authorization}`;
    const before = used.get(day) ?? 0;
    if (before >= perDay) return refuse(403, `Daily download limit reached (${before}/${perDay} used today)`);
    used.set(day, before + 1);
    return proceed();
  });
}
