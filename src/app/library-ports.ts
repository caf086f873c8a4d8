import { bookFiles } from "../koreader/book-files";
import { part } from "../parts";
import type { LibraryPorts } from "../ports/library";
import { browseOf } from "./browse";
import { downloadsOf, inboxOf } from "./download-library";
import { preferredFile } from "./preferred-file";
import type { Runtime } from "./runtime";

let ports: LibraryPorts | undefined;

/** What the screens of libraries and downloads show and do. */
export function libraryOf(runtime: Runtime): LibraryPorts {
  ports ??= makePorts(runtime);
  return ports;
}

function makePorts(runtime: Runtime): LibraryPorts {
  const { overviewOf, actionsOf } = part("app/screen-work");
  return {
    overview: overviewOf(runtime),
    actions: actionsOf(runtime, runtime.taps),
    browse: browseOf(runtime, runtime.taps),
    downloads: downloadsOf(runtime),
    inbox: inboxOf(runtime),
    bookFiles,
    preferredFile: book => preferredFile(runtime, book),
    isConnected: () => runtime.network.isConnected(),
  };
}

/** Asks the reader about what was sent to their devices. */
export function offerInbox(runtime: Runtime): void {
  part("ui/downloads").offerInbox(libraryOf(runtime));
}
