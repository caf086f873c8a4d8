import type { ConnectionId } from "../core/outbox";
import type { BookId } from "../core/outbox";
import { decideArrival, directionOf, type RemotePosition } from "../core/position";
import type { Reading } from "./reading";
import type { Runtime } from "./runtime";

/**
 * A server told us where a book was left. A place of ours that still waits must not overwrite what another device put there
 * since; and if the book is on screen, the reader is taken there, asked, told, or left alone.
 */
export function arrive(runtime: Runtime, connection: ConnectionId, book: BookId, remote: RemotePosition): void {
  const isOurs = remote.device === runtime.settings.deviceName();
  const isNews = runtime.books.link(book, connection)?.seen !== remote.stamp && !isOurs;
  if (isNews) runtime.outbox.supersede(connection, book);
  const reading = runtime.reading;
  const isOnScreen = reading?.session !== undefined && reading.isOf(book);
  // What nobody could be told stays news, and stands on the server, until the book is opened.
  if (!isOnScreen && !isOurs) return;
  if (isOnScreen && !isOurs && (isNews || reading.session?.hasTurned() !== true)) {
    reading.yieldTo(connection);
    // Before it counts as seen: a crash between the two leaves news, not a place that is pushed over it.
    runtime.checkpoints.yieldTo(connection, book);
  }
  runtime.books.saw(book, connection, remote.stamp);
  if (isOnScreen && !isOurs) offer(runtime, reading, remote, isNews);
}

function offer(runtime: Runtime, reading: Reading, remote: RemotePosition, isNews: boolean): void {
  const { document, session } = reading;
  if (session === undefined) return;
  const here = document.position();
  const direction = directionOf(remote, here);
  const arrival = { direction, isNews, hasTurned: session.hasTurned() };
  switch (decideArrival(arrival, runtime.settings.preferences())) {
    case "jump":
      return jump(runtime, reading, remote);
    case "ask": {
      const question = { title: document.title(), here: here.fraction, there: remote, now: runtime.clock.epoch() };
      return runtime.prompts().jump(question, () => {
        if (runtime.reading === reading) jump(runtime, reading, remote);
      });
    }
    case "tell":
      return runtime.notices().elsewhere(remote.fraction, remote.device);
    case "nothing":
      return;
  }
}

function jump(runtime: Runtime, reading: Reading, remote: RemotePosition): void {
  const { document, session } = reading;
  reading.isJumping = true;
  document.goTo(remote);
  reading.isJumping = false;
  session?.jumpedTo(document.page(), document.position().fraction);
  runtime.notices().moved(remote.fraction, remote.device);
}
