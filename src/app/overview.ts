import type { Connection } from "../core/connection";
import { epochSeconds, seconds } from "../core/units";
import type { Tally } from "../core/session";
import { places } from "../koreader/places";
import { countDownloads, countUnderWay } from "../koreader/store/download-count";
import { SqliteDiaryStore } from "../koreader/store/diary-store";
import { store } from "../koreader/store/open";
import { part } from "../parts";
import { bakedConnection } from "./baked";
import type { BookOnServer, ConnectionState, Overview, ThisBook, WaitingItem } from "../ports/overview";
import type { Runtime } from "./runtime";

const diary = new SqliteDiaryStore(store);

function sum(one: Tally, other: Tally): Tally {
  return { duration: seconds(one.duration + other.duration), pageTurns: one.pageTurns + other.pageTurns };
}

/** Puts together what the screens show. */
export function overviewOf(runtime: Runtime): Overview {
  return {
    now: () => runtime.clock.epoch(),
    connections: () => runtime.settings.connections().map(connection => stateOf(runtime, connection)),
    room: () => runtime.outbox.room(),
    waiting: limit => waitingItems(runtime, limit),
    thisBook: () => thisBook(runtime),
    hasMatches: id => runtime.links().hasLinks(id),
    preferences: () => runtime.settings.preferences(),
    downloadFields: () => runtime.settings.downloadFields(),
    downloadFolder: chosen => places.base(chosen),
    downloads: () => countDownloads(store()),
    onTheirWay: id => countUnderWay(store(), id),
    sentBooks: () => runtime.inbox?.offers().length ?? 0,
    canSwitchWifi: () => part("app/loan").canBorrow(),
    hasTomeSync: () => part("koreader/neighbours").neighbours.hasTomeSync(),
    hasProgressSync: () => part("koreader/neighbours").neighbours.movesPages(),
    isRecording: () => runtime.isRecording,
    journal: limit => runtime.journal.newest(limit),
    baked: () => bakedConnection(runtime),
    deviceName: () => runtime.settings.deviceName(),
  };
}

function stateOf(runtime: Runtime, connection: Connection): ConnectionState {
  const { lastSuccess, failure, address } = runtime.health.of(connection.id);
  const pause = runtime.health.pauseLeft(connection.id);
  return {
    connection,
    waiting: runtime.waiting().count(connection.id),
    ...(lastSuccess !== undefined ? { lastSuccess } : {}),
    ...(failure !== undefined ? { failure, reason: failure.reason } : {}),
    ...(failure === undefined && address !== undefined ? { address } : {}),
    ...(pause > 0 && pause < Infinity ? { nextTry: epochSeconds(runtime.clock.epoch() + pause) } : {}),
  };
}

function waitingItems(runtime: Runtime, limit: number): WaitingItem[] {
  const items: WaitingItem[] = [];
  for (const { id: connection, name } of runtime.settings.connections()) {
    // Where the whole server is out of reach, no entry was tried by itself.
    const serverReason = runtime.health.of(connection).failure?.reason;
    for (const { book, ...entry } of runtime.waiting().list(connection, limit)) {
      const item = { ...entry, title: runtime.books.facts(book)?.title ?? "", connectionName: name };
      const reason = entry.reason ?? (runtime.links().isMissing(book, connection) ? "missing" : serverReason);
      items.push(reason === undefined ? item : { ...item, reason });
    }
  }
  return items;
}

function thisBook(runtime: Runtime): ThisBook | undefined {
  const reading = runtime.reading;
  const book = reading?.identify(runtime)?.book;
  if (reading === undefined || book === undefined) return undefined;
  const { fraction: here } = reading.document.position();
  const now = runtime.clock.monotonic();
  const nothing = { duration: seconds(0), pageTurns: 0 };
  return {
    title: reading.document.title(),
    here,
    sitting: reading.session?.tally(now) ?? nothing,
    today: sum(diary.since(book, runtime.clock.dayStart(0)), reading.days?.upTo(now).pop() ?? nothing),
    isTracked: runtime.books.isTracked(book),
    servers: runtime.settings.connections().map((connection): BookOnServer => {
      const match = runtime.links().link(book, connection.id);
      const place = reading.placeOn(connection.id);
      if (match === undefined) return { connection };
      return place === undefined ? { connection, match } : { connection, match, place };
    }),
  };
}
