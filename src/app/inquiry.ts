import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import { failure, type Result, success } from "../core/result";
import { part } from "../parts";
import type { Server } from "../ports/server";
import type { Errands } from "./errands";
import type { Runtime } from "./runtime";

/** What a worker tells of one question: JSON, so the answer is a plain object. */
type Reply<Answer> = { readonly answer: Answer } | { readonly failure: Failure };

/**
 * Asks a server one question that a tap wants answered, in a worker; may ask for a network first. `done` is told once, also when
 * the worker died. An answer proves that the server is well.
 */
export function inquire<Answer>(
  runtime: Runtime,
  errands: Errands,
  connection: Connection,
  ask: (server: Server) => Result<Answer, Failure>,
  done: (result: Result<Answer, Failure>) => void,
): void {
  const device = runtime.settings.deviceName();
  let reply: Reply<Answer> | undefined;
  runtime.network.whenConnected(() => {
    errands.add<Reply<Answer>>({
      prepare: () => tell => {
        const { openServer, wire } = part("app/errand-work");
        const result = ask(openServer(connection, device, wire));
        tell(result.ok ? { answer: result.value } : { failure: result.failure });
      },
      onMessage: message => {
        reply = message;
      },
      onEnd: died => {
        const result = died === undefined ? resultOf(reply) : failure(died);
        if (result.ok) runtime.health.succeeded(connection.id);
        done(result);
      },
    });
  });
}

function resultOf<Answer>(reply: Reply<Answer> | undefined): Result<Answer, Failure> {
  if (reply === undefined) return failure({ reason: "cancelled", detail: "the worker said nothing" });
  return "failure" in reply ? failure(reply.failure) : success(reply.answer);
}
