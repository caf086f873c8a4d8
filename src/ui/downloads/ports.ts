import type { BookFiles } from "../../ports/book-files";
import type { Downloads } from "../../ports/downloads";
import type { InboxDesk } from "../../ports/inbox";
import type { Overview } from "../../ports/overview";

/** What the screens of downloads are given. */
export interface DownloadPorts {
  readonly overview: Overview;
  readonly downloads: Downloads;
  readonly bookFiles: BookFiles;
}

/** The same for what was sent to this reader's devices. */
export interface InboxPorts extends DownloadPorts {
  readonly inbox: InboxDesk;
}
