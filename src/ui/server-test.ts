import ffiUtil = require("ffi/util");
import { isKnownPlace, withPin } from "../core/addresses";
import type { Connection } from "../core/connection";
import type { Failure } from "../core/failure";
import type { Result } from "../core/result";
import type { NewConnection } from "../ports/overview";
import type { ServerInfo } from "../ports/server";
import { asking } from "./asking";
import { askForTrust, isUnproven } from "./certificate";
import { _ } from "./gettext";
import { askWhoseBooks } from "./key-questions";
import type { Ports } from "./ports";
import { diagnosis } from "./reasons";
import { confirm, say } from "./say";
import { askForServer, placesOf, type ServerForm } from "./server-dialog";

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
  asking<Result<ServerInfo, Failure>>(
    T(_("Asking %1…"), connection.name),
    done => ports.actions.testConnection(connection, tested => done(tested)),
    tested => {
      after.changed();
      if (tested.ok) say(`${after.success(connection)}\n\n${facts(ports, connection, tested.value)}`);
      else explain(ports, connection, tested.failure, after);
    },
  );
}

/** What is wrong, and what the reader can do about it here. */
function explain(ports: Ports, connection: Connection, failure: Failure, after: AfterTest): void {
  const change = () => {
    editServer(ports, _("Change this server"), connection, after);
  };
  if (!isUnproven(failure)) {
    return confirm(diagnosis(failure, connection, ports.overview.now()), _("Change…"), _("Leave it"), change);
  }
  const trust = () => {
    const trusting = withPin(connection, failure.at ?? connection.url, failure.fingerprint);
    testServer(ports, ports.actions.saveConnection(trusting), after);
  };
  askForTrust(failure, connection, trust, change);
}

/** "Version 2.3.0", and which of two addresses it was. */
function facts({ overview }: Ports, { id, url, outsideUrl }: Connection, { version }: ServerInfo): string {
  const said = version === undefined ? _("It does not say its version.") : T(_("Its version: %1."), version);
  const address = overview.connections().find(({ connection }) => connection.id === id)?.address;
  if (outsideUrl === undefined || address === undefined) return said;
  const which =
    address === url ? _("It was reached at its first address:\n%1") : _("It was reached at its second address:\n%1");
  return `${said}\n\n${T(which, address)}`;
}

/** Asks for name, address and key, keeps them and tests them. Nothing changes until "Save and test". */
export function editServer(ports: Ports, title: string, before: ServerForm, after: AfterTest): void {
  const save = (chosen: NewConnection) => {
    const connection = ports.actions.saveConnection(chosen);
    after.changed();
    testServer(ports, connection, after);
  };
  askForServer(title, before, typed => {
    const isMoved = before.id !== undefined && !isKnownPlace(placesOf(before), typed.url);
    if (isMoved && ports.overview.hasMatches(before.id)) askWhoseBooks(typed, save);
    else save(typed);
  });
}

export function answersWell({ name }: Connection): string {
  return T(_("%1 answers and accepts the key of this device."), name);
}
