import { withoutOldPins } from "../core/addresses";
import { type Connection, newConnectionId } from "../core/connection";
import type { LogLevel } from "../core/preferences";
import { concernsServer, type Failure } from "../core/failure";
import type { ConnectionId } from "../core/outbox";
import type { Result } from "../core/result";
import type { Actions } from "../ports/actions";
import type { NewConnection } from "../ports/overview";
import { switchOffTomeSync } from "../koreader/tome-sync";
import { part } from "../parts";
import type { Cancel } from "../ports/scheduler";
import type { ServerInfo } from "../ports/server";
import type { Errands } from "./errands";
import { inquire } from "./inquiry";
import { MatchAll } from "./match-all";
import { searchServer, setMatch } from "./matching";
import { pair } from "./pairing";
import { setBookTracked, setRecording } from "./recording";
import type { Runtime } from "./runtime";
import { syncNow } from "./sync";
import { takeOver } from "./take-over";
import { serverFailed } from "./trouble";

const NOTHING_TO_CANCEL: Cancel = () => {};

/** What the menu's taps do. */
export function actionsOf(runtime: Runtime, errands: Errands): Actions {
  return {
    ...syncActions(runtime, errands),
    ...matchActions(runtime, errands),
    takeOverTomeSync: done => takeOver(runtime, errands, taken => done(taken)),
    switchOffTomeSync: () => {
      switchOffTomeSync();
    },
    savePreferences: changes => {
      runtime.settings.savePreferences(changes);
      if (changes.logLevel !== undefined) logAt(changes.logLevel);
    },
    saveDownloads: changes => {
      runtime.settings.saveDownloads(changes);
    },
    setDeviceName: name => {
      runtime.settings.setDeviceName(name);
    },
    setRecording: on => {
      setRecording(runtime, on);
    },
    setBookTracked: on => {
      setBookTracked(runtime, on);
    },
  };
}

/** "Everything" begins at once, and measures until KOReader starts again. */
function logAt(level: LogLevel): void {
  part("koreader/log-file").setLogLevel(level);
  if (level === "everything") part("app/watching").watch();
}

type SyncActions = Pick<
  Actions,
  "syncNow" | "testConnection" | "pair" | "saveConnection" | "saveValidity" | "removeConnection" | "retry" | "discard"
>;

function syncActions(runtime: Runtime, errands: Errands): SyncActions {
  return {
    syncNow: () => {
      syncNow(runtime);
    },
    testConnection: (connection, done) => testConnection(runtime, errands, connection, tested => done(tested)),
    pair: (url, events) => pair(runtime, errands, url, events),
    saveConnection: connection => saveConnection(runtime, connection),
    saveValidity: (id, validity) => {
      const known = runtime.settings.connections().find(connection => connection.id === id);
      if (known !== undefined) runtime.settings.saveConnection({ ...known, validity });
    },
    removeConnection: id => {
      runtime.settings.removeConnection(id);
      runtime.waiting().discardAll(id);
      runtime.links().unlinkAll(id);
      part("app/library-work").forgetDownloads(runtime, id);
      part("app/library-work").sweepLibraries(runtime);
    },
    retry: id => {
      runtime.waiting().stay(id, "waiting");
      runtime.delivery.start(runtime);
    },
    discard: id => {
      runtime.waiting().remove(id);
    },
  };
}

/** A test that fails is remembered, whatever the reason, so that the status agrees with it. */
function testConnection(
  runtime: Runtime,
  errands: Errands,
  connection: Connection,
  done: (tested: Result<ServerInfo, Failure>) => void,
): Cancel {
  const learn = (tested: Result<ServerInfo, Failure>): void => {
    if (!tested.ok && !concernsServer(tested.failure.reason)) serverFailed(runtime, connection, tested.failure, true);
    done(tested);
  };
  return inquire(
    runtime,
    errands,
    connection,
    server => server.test(),
    tested => {
      learn(tested);
    },
  );
}

function saveConnection(runtime: Runtime, { id, isOtherLibrary = false, ...rest }: NewConnection): Connection {
  const known = runtime.settings.connections();
  const validity = rest.validity ?? known.find(connection => connection.id === id)?.validity;
  const connection: Connection = withoutOldPins({
    ...rest,
    id: id ?? newConnectionId(runtime.random.uuid()),
    // Its rule has a screen of its own and outlives a change of address.
    ...(validity !== undefined ? { validity } : {}),
  });
  runtime.settings.saveConnection(connection);
  runtime.health.forget(connection.id);
  if (isOtherLibrary) {
    runtime.links().unlinkAll(connection.id);
    part("app/library-work").forgetDownloads(runtime, connection.id);
  }
  part("app/library-work").sweepLibraries(runtime);
  return connection;
}

type MatchActions = Pick<Actions, "searchServer" | "matchThisBook" | "forgetMatch" | "matchAllBooks">;

function matchActions(runtime: Runtime, errands: Errands): MatchActions {
  const matchAll = new MatchAll(runtime, errands);
  const connectionOf = (id: ConnectionId) => runtime.settings.connections().find(connection => connection.id === id);
  return {
    searchServer: (id, words, done) => {
      const connection = connectionOf(id);
      if (connection === undefined) return NOTHING_TO_CANCEL;
      return searchServer(runtime, errands, connection, words, found => done(found));
    },
    matchThisBook: (id, { remoteId, title }) => {
      setMatch(runtime, id, { remoteId, title, method: "picked" });
    },
    forgetMatch: id => {
      setMatch(runtime, id, undefined);
    },
    matchAllBooks: (id, done) => {
      const connection = connectionOf(id);
      if (connection === undefined) return NOTHING_TO_CANCEL;
      return matchAll.begin(connection, found => done(found));
    },
  };
}
