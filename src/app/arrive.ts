import type { ConnectionId } from "../core/outbox";
import type { BookId } from "../core/outbox";
import { decideArrival, directionOf, isOwn, type OwnHand, type RemotePosition } from "../core/position";
import type { Link } from "../ports/store";
import type { Reading } from "./reading";
import type { Runtime } from "./runtime";

/**
 * A server told us where a book was left. A place of ours that still waits must not overwrite what another device put there
 * since; and if the book is on screen, the reader is taken there, asked, told, or left alone.
 */
export function arrive(runtime: Runtime, connection: ConnectionId, book: BookId, remote: RemotePosition): void {
  const link = runtime.links().link(book, connection);
  const hand = ownHand(runtime, connection, book, link?.written);
  const isOurs = isOwn(remote, hand);
  const isNews = link?.seen !== remote.stamp && !isOurs;
  if (isNews) {
    runtime.waiting().supersede(connection, book);
    warnOfNamesake(runtime, remote, link);
  }
  if (isOurs) runtime.links().wrote(book, connection, remote.stamp);
  const reading = runtime.reading;
  reading?.learn(book, connection, isOurs ? { fraction: remote.fraction } : remote);
  // What nobody could be told stays news, and stands on the server, until the book is opened.
  if (reading?.session === undefined || !reading.isOf(book)) return;
  if (!isOurs || (reading.isNewHere() && hand.tried.length === 0))
    meet(runtime, reading, { connection, book, remote, isNews });
}

function ownHand(runtime: Runtime, connection: ConnectionId, book: BookId, written: string | undefined): OwnHand {
  const tried = runtime.waiting().placesOf(connection, book);
  return { device: runtime.settings.deviceName(), written, tried };
}

/** A place under our own name that is not ours, in a book where we know ours: settings were copied to a second device. */
function warnOfNamesake(runtime: Runtime, { device }: RemotePosition, link: Link | undefined): void {
  const name = runtime.settings.deviceName();
  if (device !== name || link?.written === undefined || runtime.hasNamesake) return;
  runtime.hasNamesake = true;
  runtime.notices().namesake(name);
}

/** Of a book: servers and sidecars round. */
const SAME_PLACE = 0.002;

interface Meeting {
  readonly connection: ConnectionId;
  readonly book: BookId;
  readonly remote: RemotePosition;
  readonly isNews: boolean;
}

function meet(runtime: Runtime, reading: Reading, { connection, book, remote, isNews }: Meeting): void {
  if (isNews || reading.session?.hasTurned() !== true) {
    reading.yieldTo(connection);
    // Before it counts as seen: a crash between the two leaves news, not a place that is pushed over it.
    runtime.checkpoints.yieldTo(connection, book);
  }
  runtime.links().saw(book, connection, remote.stamp);
  // The same device said so elsewhere, and the reader knows it.
  if (Math.abs((reading.offered ?? -1) - remote.fraction) > SAME_PLACE) offer(runtime, reading, remote, isNews);
}

/** Takes the reader to where another device was, asks first, tells of it, or does nothing. */
export function offer(runtime: Runtime, reading: Reading, remote: RemotePosition, isNews: boolean): void {
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
