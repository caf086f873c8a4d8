import type { Failure, Reason } from "../core/failure";
import { parseHttpDate } from "../core/http/dates";
import { seconds } from "../core/units";
import type { Wire } from "./wire";

/** Long enough for a slow network, short enough to come on top of a request that failed. */
const DEADLINES = { connect: seconds(4), firstByte: seconds(4), idle: seconds(2), total: seconds(6) };
const MOST_BYTES = 64 * 1024;
/** What the page says: Microsoft's own devices look for these words. */
const TEXT = "Microsoft Connect Test";
const DAY = 86_400;

/** Without any of these the page was not reached, which says nothing about who answers here. */
const NO_WAY: readonly Reason[] = ["offline", "dns", "refused", "timeout", "server"];

type View = "open" | "portal" | "unknown";

/**
 * The internet as it looks from here. A Wi-Fi that wants to be signed in to answers for every host: its certificate is not
 * trusted and its page is no library. Whether that is so shows at a page whose text is known; it is asked for over plain
 * http, without anything of ours, only when a server did not answer as itself, and once.
 */
export class OpenInternet {
  private view: View | undefined;
  /** The time of the internet less the device's, in seconds. */
  private ahead = 0;

  constructor(private readonly wire: Wire) {}

  /** The failure, or what is behind it: a Wi-Fi that answers itself, or a clock that is wrong. */
  explain(found: Failure): Failure {
    if (!isDoubtful(found)) return found;
    this.view ??= this.look();
    if (this.view === "portal")
      return { reason: "portal", ...(found.detail === undefined ? {} : { detail: found.detail }) };
    const isClockWrong = found.certificate === "date" && (this.ahead > DAY || this.ahead < -DAY);
    return isClockWrong ? { ...found, reason: "clock" } : found;
  }

  private look(): View {
    const url = this.wire.way?.openPage;
    if (url === undefined || url === "") return "unknown";
    const page = this.wire.http.send({ method: "GET", url, headers: {}, deadlines: DEADLINES, maxBytes: MOST_BYTES });
    if (!page.ok) return NO_WAY.includes(page.failure.reason) ? "unknown" : "portal";
    if (!page.value.body.startsWith(TEXT)) return "portal";
    const date = parseHttpDate(page.value.headers["date"] ?? "");
    this.ahead = date === undefined ? 0 : date - this.wire.now();
    return "open";
  }
}

/** Somebody answered who could not prove to be the server, or did not speak as one. */
function isDoubtful({ reason, certificate, movedTo }: Failure): boolean {
  return (reason === "tls" && certificate !== "roots") || reason === "garbled" || movedTo !== undefined;
}
