import type { Failure, Reason } from "../core/failure";
import { _ } from "./gettext";

/** What says the same of a library server and of a cloud folder. */
type Shared =
  "offline" | "portal" | "dns" | "refused" | "timeout" | "tls" | "clock" | "rejected" | "busy" | "server" | "cancelled";

/** In a few words; %1 is the name. Functions, because the language is known only after KOReader has started. */
export const SHORT_OF_NETWORK: Readonly<Record<Shared, () => string>> = {
  offline: () => _("no network"),
  portal: () => _("this Wi-Fi wants a sign-in"),
  dns: () => _("%1 was not found"),
  refused: () => _("%1 does not answer"),
  timeout: () => _("%1 does not answer"),
  tls: () => _("%1 cannot be trusted"),
  clock: () => _("the date here is wrong"),
  rejected: () => _("%1 refused it"),
  busy: () => _("%1 is busy"),
  server: () => _("%1 has a problem"),
  cancelled: () => _("it was stopped"),
};

/** With %1 the name, %2 the address, %3 the date on this device, %4 that the key or the password was not sent. */
export const NETWORK: Readonly<Record<"portal" | "dns" | "refused" | "tls" | "clock", () => string>> = {
  portal: () =>
    _(
      "This Wi-Fi asks you to sign in first.\n\nDo that in a browser: on this device if it has one, or on a phone where the network lets all your devices in at once.",
    ),
  dns: () =>
    _(
      "The name in this address was not found:\n%2\n\nIs it spelled right? Not every network knows names like “nas.local”: numbers (192.168.1.20) work everywhere.",
    ),
  refused: () =>
    _("Nothing answers at this address:\n%2\n\nIs the server running? Is the number after the colon (the port) right?"),
  tls: () =>
    _(
      "%1 answers, but its certificate cannot be trusted. %4\n\nIs the name in the address the one that the certificate was made for? Has it expired?",
    ),
  clock: () =>
    _(
      "This device believes that it is %3, so no certificate can be checked. %4\n\nPlease set the date and the time, then try again.",
    ),
};

/** What a certificate says besides that nobody trusts it; with the same of %1 to %4. */
export function certificateText(reason: Reason, { certificate }: Failure): string | undefined {
  if (reason === "tls" && certificate === "date") {
    return _(
      "The certificate of %1 is out of date, or not valid yet. %4\n\nIf this device is right to believe that it is %3, the certificate must be renewed on the server. If not, please set the date and the time.",
    );
  }
  if (certificate !== "roots") return undefined;
  return _(
    "This device has no list of certificate authorities, so no certificate can be checked. %4\n\nPlease install Ribbon again: it brings one along.",
  );
}
