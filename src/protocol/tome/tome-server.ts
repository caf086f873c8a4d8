import type { Connection } from "../../core/connection";
import type { Failure, Reason } from "../../core/failure";
import type { Position, RemotePosition } from "../../core/position";
import { failure, type Result, success } from "../../core/result";
import type { SessionRecord } from "../../core/session";
import type {
  Books,
  Catalogue,
  Files,
  Positions,
  Server,
  ServerInfo,
  ServerTime,
  Sessions,
  Inbox,
  Releases,
} from "../../ports/server";
import { TomeClient } from "./tome-client";
import type { Wire } from "../wire";
import { TomeBooks, UNREADABLE } from "./tome-books";
import { TomeCatalogue } from "./tome-catalogue";
import { TomeFiles } from "./tome-files";
import { TomeInbox } from "./tome-inbox";
import { ShelfReleases } from "./shelf-releases";
import { positionBody, positionOf, sessionBody, stampOf, versionOf } from "./tome-codec";

/** What is said where a server lacks the page that proves a key: another server, or one before Tome 0.4. */
const OTHER_ANSWERS: readonly Reason[] = ["garbled", "unsupported", "missing"];

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
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly inbox: Inbox;
  readonly releases: Releases;
  private readonly client: TomeClient;

  constructor(connection: Connection, device: string, wire: Wire) {
    this.client = new TomeClient(connection, wire);
    this.books = new TomeBooks(this.client, wire.encode);
    this.positions = new TomePositions(this.client, device);
    this.sessions = new TomeSessions(this.client, device);
    this.catalogue = new TomeCatalogue(this.client, wire.encode);
    this.files = new TomeFiles(this.client, wire.encode);
    this.inbox = new TomeInbox(this.client);
    this.releases = new ShelfReleases(this.client);
  }

  time(): ServerTime | undefined {
    if (!this.client.hasAnswered()) this.tryKey();
    return this.client.time();
  }

  address(): string | undefined {
    return this.client.address();
  }

  test(): Result<ServerInfo, Failure> {
    const tried = this.tryKey();
    if (!tried.ok && !OTHER_ANSWERS.includes(tried.failure.reason)) return tried;
    if (!tried.ok && (tried.failure.movedTo !== undefined || tried.failure.sent === true)) return tried;
    const version = this.version();
    if (tried.ok) return success(version === undefined ? {} : { version });
    return version === undefined ? tried : failure({ ...tried.failure, reason: "unsupported", version });
  }

  /** The health page answers without a key; the rating of book 0 is a 404 with a good key and a 401 with any other. */
  private tryKey(): Result<true, Failure> {
    const answer = this.client.get("/tome-sync/rating/0");
    const isGood = answer.ok || (answer.failure.reason === "missing" && answer.failure.detail === "Book not found");
    return isGood ? success(true) : failure(answer.failure);
  }

  private version(): string | undefined {
    const health = this.client.get("/health");
    return health.ok ? versionOf(health.value.body) : undefined;
  }
}
