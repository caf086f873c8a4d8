import type { Connection } from "../core/connection";
import { concernsServer, type Failure } from "../core/failure";
import { failure, type Result, success } from "../core/result";
import type { Cancel } from "../ports/scheduler";
import type { Server } from "../ports/server";
import type { Errands } from "./errands";
import type { Runtime } from "./runtime";
import { serverFailed } from "./trouble";
import { visit } from "./visit";

/** What a worker tells of one question: JSON, so the answer is a plain object. */
type Reply<Answer> = ({ readonly answer: Answer } | { readonly failure: Failure }) & { readonly address?: string };

/**
 * Asks a server one question that a tap wants answered, in a worker; may ask for a network first. `done` is told once, also when
 * the worker died, unless the question is cancelled. An answer proves that the server is well; what concerns the server as a
 * whole is remembered of it.
 * @returns what cancels the question; its worker is killed
 */
export function inquire<Answer>(
  runtime: Runtime,
  errands: Errands,
  connection: Connection,
  ask: (server: Server) => Result<Answer, Failure>,
  done: (result: Result<Answer, Failure>) => void,
): Cancel {
  let cancelErrand: Cancel | undefined;
  let isCancelled = false;
  let reply: Reply<Answer> | undefined;
  runtime.network.whenConnected(() => {
    if (isCancelled) return;
    const open = visit(runtime, connection);
    cancelErrand = errands.add<Reply<Answer>>({
      prepare: () => tell => {
        const server = open();
        const result = ask(server);
        const address = server.address();
        const reached = address === undefined ? {} : { address };
        tell(result.ok ? { answer: result.value, ...reached } : { failure: result.failure, ...reached });
      },
      onMessage: message => {
        reply = message;
      },
      onEnd: died => {
        const result = died === undefined ? resultOf(reply) : failure(died);
        learn(runtime, connection, result, reply?.address);
        done(result);
      },
    });
  });
  return () => {
    isCancelled = true;
    cancelErrand?.();
  };
}

/** A tap is answered where it was made: no toast comes on top. */
function learn(
  runtime: Runtime,
  connection: Connection,
  result: Result<unknown, Failure>,
  address: string | undefined,
): void {
  // The connection may be gone or another one by now.
  if (!runtime.settings.connections().some(({ id }) => id === connection.id)) return;
  if (address !== undefined) runtime.health.reached(connection.id, address);
  if (result.ok) runtime.health.succeeded(connection.id);
  else if (concernsServer(result.failure.reason)) serverFailed(runtime, connection, result.failure, true);
  runtime.delivery.start(runtime);
}

function resultOf<Answer>(reply: Reply<Answer> | undefined): Result<Answer, Failure> {
  if (reply === undefined) return failure({ reason: "cancelled", detail: "the worker said nothing" });
  return "failure" in reply ? failure(reply.failure) : success(reply.answer);
}
