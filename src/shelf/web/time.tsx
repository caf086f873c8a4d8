const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const DATE_AND_TIME = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** A stamp (ISO-8601) as people write it, in the time zone of the server. */
export function Time({ at, withClock = true }: { readonly at: string; readonly withClock?: boolean }) {
  return <time dateTime={at}>{(withClock ? DATE_AND_TIME : DATE).format(new Date(at))}</time>;
}
