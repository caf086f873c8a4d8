import { type DevicePlace, elsewhere, placesOf } from "../../core/sdr/index";
import { directionOf, type RemotePosition } from "../../core/position";
import { isoUtc } from "../../core/timestamp";
import { fraction } from "../../core/units";
import { offer } from "../arrive";
import type { Reading } from "../reading";
import type { Runtime } from "../runtime";
import { OneBook } from "./one-book";
import type { SdrTools } from "./tools";

/**
 * Another device left the book on screen somewhere else: the reader is taken there, asked or told as for a place on a server, once
 * for each place. A book that a server knows goes by that server's place alone.
 */
export function offerPlace(runtime: Runtime, tools: SdrTools): void {
  const { reading } = runtime;
  const file = reading?.document.file();
  if (reading?.session === undefined || file === undefined || isOnServer(runtime, reading)) return;
  const { notebook, device } = tools;
  const book = notebook.sidecar(file)?.book;
  if (book === undefined) return;
  const found = elsewhere(placesOf(new OneBook(notebook).fieldsOf(book)), device.id());
  if (found === undefined) return;
  const { place, isLater } = found;
  const name = `${place.device}|${place.at}`;
  if (notebook.get("told", book) === name) return;
  notebook.set("told", book, name);
  notebook.flush();
  const remote = remoteOf(place, book, device.known(place.device)?.label);
  const isNews = isLater || directionOf(remote, reading.document.position()) === "ahead";
  if (!isNews) return;
  reading.offered = remote.fraction;
  offer(runtime, reading, remote, true);
}

function isOnServer({ settings, links }: Runtime, reading: Reading): boolean {
  const book = reading.knownBook();
  return book !== undefined && settings.connections().some(({ id }) => links().link(book, id) !== undefined);
}

/** What stands in one file may be elsewhere in another: only of the same one more than the fraction counts. */
function remoteOf(place: DevicePlace, book: string, label: string | undefined): RemotePosition {
  const page = place.page === undefined ? undefined : string.format("%d", place.page);
  const locator = place.digest !== undefined && book.endsWith(place.digest) ? (place.xpointer ?? page) : undefined;
  return {
    fraction: fraction(place.percent ?? 0),
    stamp: isoUtc(place.at),
    ...(locator !== undefined && { locator }),
    ...(label !== undefined && { device: label }),
  };
}
