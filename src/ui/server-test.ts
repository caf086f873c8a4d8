import _ = require("gettext");
import ffiUtil = require("ffi/util");
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import { asking } from "./asking";
import type { Ports } from "./ports";
import { diagnosis } from "./reasons";
import { confirm, say } from "./say";
import { askForServer, type ServerForm } from "./server-dialog";

const T = ffiUtil.template;

/** How a test is followed by what the reader does next. */
export interface AfterTest {
  /** Said when the server answers and takes the key. */
  readonly success: (connection: Connection) => string;
  /** The connections or what is known of them changed. */
  readonly changed: () => void;
}

/** Asks one server and says how it went; when it did not, the way to its address and key is one tap away. */
export function testServer(ports: Ports, connection: Connection, after: AfterTest): void {
  const show = (failure: Failure | undefined) => {
    after.changed();
    if (failure === undefined) return say(after.success(connection));
    const text = diagnosis(failure, connection, ports.overview.now());
    confirm(text, _("Change…"), _("Leave it"), () => {
      editServer(ports, _("Change this server"), connection, after);
    });
  };
  // A text instead of nothing: `undefined` would be no answer.
  asking<Failure | "well">(
    T(_("Asking %1…"), connection.name),
    done => {
      ports.actions.testConnection(connection, failure => done(failure ?? "well"));
    },
    answer => {
      show(answer === "well" ? undefined : answer);
    },
  );
}

/** Asks for name, address and key, keeps them and tests them. Nothing changes until "Save and test". */
export function editServer(ports: Ports, title: string, before: ServerForm, after: AfterTest): void {
  askForServer(title, before, typed => {
    const connection = ports.actions.saveConnection(typed);
    after.changed();
    testServer(ports, connection, after);
  });
}

export function answersWell({ name }: Connection): string {
  return T(_("%1 answers and accepts the key of this device."), name);
}
