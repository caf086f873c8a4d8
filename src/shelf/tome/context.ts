import type { Attempts } from "../accounts/attempts";
import type { LoginTokens } from "../accounts/login-token";
import type { Covers } from "../library/covers";
import type { Scanner } from "../library/scanner";
import type { ShelfSettings } from "../settings";
import type { Store } from "../store/store";
import type { Guards } from "./guards";

/** What the routes work with. */
export interface Context {
  readonly store: Store;
  readonly guards: Guards;
  readonly tokens: LoginTokens;
  /** Failed attempts to get in, by whatever way. */
  readonly attempts: Attempts;
  readonly now: () => Date;
  /** The folder of books; without it no file can be delivered. */
  readonly booksDir: string | undefined;
  readonly scanner: Scanner;
  readonly covers: Covers;
  readonly settings: ShelfSettings;
  /** Where the built plugin lies that is handed out. */
  readonly pluginDir: string;
}

/** A stamp as some answers of Tome 2.3 give it: UTC, but without the `Z` that says so. */
export function withoutZone(stamp: string): string {
  return stamp.replace(/Z$/, "");
}
