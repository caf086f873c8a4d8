import type { Connection } from "../../core/connection";
import type { LibraryPorts } from "../../ports/library";

/** One library, and the way to it. */
export interface Library {
  readonly ports: LibraryPorts;
  readonly connection: Connection;
}
