import socket = require("socket");
import type { Deadline, Timer } from "../../core/http/deadlines";

/** As much as is read at once: some TLS records, and what a loopback holds ready. */
const READ_BYTES = 64 * 1024;

/** What a read or write came to: the bytes of it, or why there are none. A deadline that passed says `TOO_LATE`. */
export type Received = { readonly bytes: string } | { readonly problem: string };

export const TOO_LATE = "too late";

/** Reads and writes on a connected socket, plain or TLS, that never wait beyond a deadline. */
export class Stream {
  /** Why nothing more can come. LuaSec must not be asked again: after an error it may go round in circles for ever. */
  private end: string | undefined;

  constructor(private readonly client: LuaSocket.Client) {
    // All waiting is done by select: a wait inside of LuaSocket begins anew with each piece.
    client.settimeout(0, "b");
    client.settimeout(undefined, "t");
  }

  /** Whatever has come, as soon as anything has. */
  receive(deadline: Deadline): Received {
    if (this.end !== undefined) return { problem: this.end };
    let problem: string;
    do {
      const [whole, why, part] = this.client.receive(READ_BYTES);
      if (whole !== undefined) return { bytes: whole };
      if (whyNot(why) !== TOO_LATE) this.end = why;
      if (part !== "") return { bytes: part };
      problem = why;
    } while (this.waitFor(problem, "read", deadline));
    return { problem: whyNot(problem) };
  }

  /**
   * Sends all of it. Every piece that the system takes begins the time to be idle anew.
   * @returns what prevented it
   */
  send(bytes: string, timer: Timer): string | undefined {
    let next = 1;
    let deadline = timer.begin("idle");
    while (next <= bytes.length) {
      const [last, problem, reached] = this.client.send(bytes, next);
      if (last !== undefined) return undefined;
      if (reached >= next) deadline = timer.begin("idle");
      next = Math.max(next, reached + 1);
      if (!this.waitFor(problem, "write", deadline)) return whyNot(problem);
    }
    return undefined;
  }

  /** Waits until a call that could not go on may be made again; false when it may not. */
  waitFor(problem: string, wish: "read" | "write", deadline: Deadline): boolean {
    // LuaSocket says timeout; LuaSec says in which direction it has to go on, which may be the other one.
    if (problem === "wantread") return this.select("read", deadline);
    if (problem === "wantwrite") return this.select("write", deadline);
    return problem === "timeout" && this.select(wish, deadline);
  }

  /** True when bytes or the end wait to be read: on a connection that should be silent it is useless. */
  hasUnread(): boolean {
    const [readable] = socket.select([this.client], undefined, 0);
    return readable.length > 0;
  }

  close(): void {
    this.client.close();
  }

  private select(direction: "read" | "write", deadline: Deadline): boolean {
    const left = deadline.left();
    if (left <= 0) return false;
    const clients = [this.client];
    const [readable, writable] =
      direction === "read" ? socket.select(clients, undefined, left) : socket.select(undefined, clients, left);
    return readable.length + writable.length > 0;
  }
}

/** Why a call that could not go on did not: once waiting has ended, a wish to wait means that it was in vain. */
export const whyNot = (problem: string): string =>
  problem === "timeout" || problem === "wantread" || problem === "wantwrite" ? TOO_LATE : problem;
