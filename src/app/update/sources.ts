import type { Connection } from "../../core/connection";
import { updateSettingsOf } from "../../core/update-settings";
import { part } from "../../parts";
import type { Releases } from "../../ports/server";
import type { Runtime } from "../runtime";
import { visit } from "../visit";

/** A place that may hand Ribbon out. */
export interface Source {
  /** For the reader. */
  readonly name: string;
  /** Of a server; absent for the release address. */
  readonly connection?: Connection;
  /** In a worker: the way to its releases, and which address of it answered. */
  readonly open: () => { readonly releases?: Releases; address(): string | undefined };
}

/** Every server of the reader, whatever its kind; and the release address, where there is one. */
export function sourcesOf(runtime: Runtime): Source[] {
  const servers = runtime.settings.connections().map((connection): Source => ({
    name: connection.name,
    connection,
    open: visit(runtime, connection),
  }));
  const { address } = updateSettingsOf(runtime.settings.updateFields());
  return address === "" ? servers : servers.concat([addressSource(address)]);
}

function addressSource(address: string): Source {
  return {
    name: address,
    open: () => {
      const { ReleaseAddress } = part("app/update-job");
      return { releases: new ReleaseAddress(address, part("app/errand-work").wire), address: () => undefined };
    },
  };
}
