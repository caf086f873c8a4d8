import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import type { Actions } from "../ports/overview";
import { part } from "../parts";
import type { Errands } from "./errands";
import type { Runtime } from "./runtime";
import { syncNow } from "./sync";

/** What the menu's taps do. */
export function actionsOf(runtime: Runtime, errands: Errands): Actions {
  return {
    syncNow: () => {
      syncNow(runtime);
    },
    testConnection: (connection, done) => {
      runtime.network.whenConnected(() => {
        test(runtime, errands, connection, done);
      });
    },
    saveConnection: connection => {
      runtime.settings.saveConnection(connection);
      runtime.health.forgive();
    },
  };
}

/** What a test can find: nothing to complain about, or a failure. */
type TestMessage = { readonly failure?: Failure };

function test(
  runtime: Runtime,
  errands: Errands,
  connection: Connection,
  done: (failure: Failure | undefined) => void,
): void {
  const device = runtime.settings.deviceName();
  let answer: TestMessage | undefined;
  errands.add<TestMessage>({
    prepare: () => tell => {
      const { openServer, wire } = part("app/errand-work");
      const result = openServer(connection, device, wire).test();
      tell(result.ok ? {} : { failure: result.failure });
    },
    onMessage: message => {
      answer = message;
    },
    onEnd: died => {
      const failure = died ?? answer?.failure;
      if (failure === undefined) runtime.health.succeeded(connection.id);
      done(failure);
    },
  });
}
