import { switchItem } from "./choices";
import { _ } from "./gettext";
import type { Ports } from "./ports";

/** Whether this device looks by itself for what was sent to it. */
export function inboxOfferItem({ overview, actions }: Ports): KOReader.MenuItem {
  return switchItem(
    _("Offer books that were sent to me"),
    _(
      "Looks at most every 15 minutes, when KOReader starts or gets a network, whether books were sent to you. It never switches Wi-Fi on for that, and nothing is downloaded before you say so.",
    ),
    () => overview.preferences().inboxOffers,
    inboxOffers => {
      actions.savePreferences({ inboxOffers });
    },
  );
}
