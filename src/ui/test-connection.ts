import _ = require("gettext");
import ffiUtil = require("ffi/util");
import InfoMessage = require("ui/widget/infomessage");
import UIManager = require("ui/uimanager");
import type { Connection } from "../core/connection";
import type { Actions } from "../ports/actions";
import type { Overview } from "../ports/overview";
import { sentence } from "./words";

const T = ffiUtil.template;

/** Asks one server and says how it went; the message in between can be tapped away. */
export function testConnection(connection: Connection, actions: Actions, done: () => void): void {
  const { name } = connection;
  const asking = InfoMessage.new({ text: T(_("Asking %1…"), name) });
  UIManager.show(asking);
  actions.testConnection(connection, failure => {
    UIManager.close(asking);
    const text =
      failure === undefined
        ? T(_("%1 answers and accepts the key of this device."), name)
        : sentence(failure.reason, name);
    UIManager.show(InfoMessage.new({ text }));
    done();
  });
}

/** One connection after another. */
export function testConnections(overview: Overview, actions: Actions, done: () => void): void {
  for (const { connection } of overview.connections()) testConnection(connection, actions, done);
}
