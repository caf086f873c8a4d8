import type { BookId, ConnectionId } from "../core/outbox";
import { isAhead, type RemotePosition } from "../core/position";
import type { Runtime } from "./runtime";

/**
 * A server told us where a book was left. A place of ours that still waits must not overwrite what another device put
 * there since. If it is further on, the reader is taken there before the first page of the sitting is turned; later it
 * is only said.
 */
export function arrive(runtime: Runtime, connection: ConnectionId, book: BookId, remote: RemotePosition): void {
  const isNews = runtime.books.link(book, connection)?.seen !== remote.stamp;
  const isOurs = remote.device === runtime.settings.deviceName();
  runtime.books.saw(book, connection, remote.stamp);
  if (isNews && !isOurs) runtime.outbox.supersede(connection, book);
  const reading = runtime.reading;
  if (reading?.session === undefined || !reading.isOf(book) || isOurs) return;
  if (!isAhead(remote, reading.document.position())) return;
  if (reading.session.hasTurned()) {
    if (isNews) runtime.notices.elsewhere(remote.fraction, remote.device);
    return;
  }
  reading.document.goTo(remote);
  reading.session.jumpedTo(reading.document.page(), reading.document.position().fraction);
  runtime.notices.moved(remote.fraction, remote.device);
}
