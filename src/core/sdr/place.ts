import { sorted } from "../order";
import { epochSeconds, type EpochSeconds } from "../units";
import type { BookState } from "./book-state";
import { getNumber, getText, isTable } from "./lua-value";
import { latest } from "./register";
import { hlcMs, isBaseline, stampHlc } from "./stamp";

/** Where one device is in a book. */
export interface DevicePlace {
  readonly device: string;
  /** Rolling books have an xpointer, which holds for the same file and DOM version; paged ones a page. */
  readonly xpointer: string | undefined;
  readonly page: number | undefined;
  /** 0 to 1. */
  readonly percent: number | undefined;
  readonly pages: number | undefined;
  readonly domVersion: number | undefined;
  readonly digest: string | undefined;
  /** When it was read, by that device's clock. */
  readonly at: EpochSeconds;
}

/** All devices' places, the newest first. They are offered, never forced: the reader is asked, or has said so in the settings. */
export function placesOf(state: BookState): DevicePlace[] {
  const places: DevicePlace[] = [];
  for (const name in state.fields) {
    const write = name.startsWith("place.") ? latest(state.fields[name]?.writes ?? []) : undefined;
    const value = write?.value;
    if (write !== undefined && isTable(value)) {
      const hlc = stampHlc(write.stamp);
      places.push({
        device: name.slice(6),
        xpointer: getText(value, "xp"),
        page: getNumber(value, "page"),
        percent: getNumber(value, "percent"),
        pages: getNumber(value, "pages"),
        domVersion: getNumber(value, "dom"),
        digest: getText(value, "md5"),
        at: epochSeconds(isBaseline(hlc) ? hlcMs(hlc) : Math.floor(hlcMs(hlc) / 1000)),
      });
    }
  }
  return sorted(places, (a, b) => (a.at === b.at ? a.device < b.device : a.at > b.at));
}

/** Where another device left the book last. */
export interface Elsewhere {
  readonly place: DevicePlace;
  /** It was there after this device was last looked at. */
  readonly isLater: boolean;
}

/** @param places as `placesOf` gives them */
export function elsewhere(places: readonly DevicePlace[], own: string): Elsewhere | undefined {
  const place = places.find(({ device }) => device !== own);
  if (place === undefined) return undefined;
  const here = places.find(({ device }) => device === own);
  return { place, isLater: here === undefined || place.at > here.at };
}
