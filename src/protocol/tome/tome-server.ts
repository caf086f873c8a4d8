import type { Connection } from "../../core/connection";
import type { Failure } from "../../core/failure";
import type { Position, RemotePosition } from "../../core/position";
import { failure, type Result, success } from "../../core/result";
import type { SessionRecord } from "../../core/session";
import type { Books, Positions, Server, ServerTime, Sessions } from "../../ports/server";
import { TomeClient } from "./tome-client";
import type { Wire } from "../wire";
import { TomeBooks, UNREADABLE } from "./tome-books";
import { positionBody, positionOf, sessionBody, stampOf } from "./tome-codec";

class TomePositions implements Positions {
  constructor(
    private readonly client: TomeClient,
    private readonly device: string,
  ) {}

  /** Tome says 404 both for an unknown book and for a book without a place; its text tells them apart. */
  read(remoteId: string): Result<RemotePosition | undefined, Failure> {
    const answer = this.client.get(`/tome-sync/position/${remoteId}`);
    if (!answer.ok) return answer.failure.detail === "No position stored" ? success(undefined) : answer;
    const position = positionOf(answer.value.body);
    return position === undefined ? failure(UNREADABLE) : success(position);
  }

  write(remoteId: string, position: Position): Result<string, Failure> {
    const body = positionBody(position, this.device);
    const answer = this.client.sendJson("PUT", `/tome-sync/position/${remoteId}`, body);
    if (!answer.ok) return answer;
    const stamp = stampOf(answer.value.body);
    return stamp === undefined ? failure(UNREADABLE) : success(stamp);
  }
}

class TomeSessions implements Sessions {
  constructor(
    private readonly client: TomeClient,
    private readonly device: string,
  ) {}

  record(remoteId: string, session: SessionRecord): Result<true, Failure> {
    const answer = this.client.sendJson(
      "POST",
      "/tome-sync/session",
      sessionBody(Number(remoteId), session, this.device),
    );
    return answer.ok ? success(true) : answer;
  }
}

/** A server that speaks the Tome API: Tome itself, or our own Shelf. `device` is the name it shows for this reader. */
export class TomeServer implements Server {
  readonly books: Books;
  readonly positions: Positions;
  readonly sessions: Sessions;
  private readonly client: TomeClient;

  constructor(connection: Connection, device: string, wire: Wire) {
    this.client = new TomeClient(connection, wire.http, wire.json, () => wire.now());
    this.books = new TomeBooks(this.client, wire.encode);
    this.positions = new TomePositions(this.client, device);
    this.sessions = new TomeSessions(this.client, device);
  }

  time(): ServerTime | undefined {
    if (!this.client.hasAnswered()) this.test();
    return this.client.time();
  }

  /** Its health page answers without a key; the rating of book 0 is a 404 with a good key and a 401 with any other. */
  test(): Result<true, Failure> {
    const answer = this.client.get("/tome-sync/rating/0");
    return answer.ok || answer.failure.reason === "missing" ? success(true) : answer;
  }
}
