import { rmSync } from "node:fs";
import { LoginTokens } from "../../../../src/shelf/accounts/login-token";
import { DEFAULT_SETTINGS } from "../../../../src/shelf/settings";
import { openStore } from "../../../../src/shelf/store/store";
import type { Method } from "../../../../src/shelf/tome/endpoint";
import { makeGuards } from "../../../../src/shelf/tome/guards";
import { allRoutes } from "../../../../src/shelf/tome/routes";
import { makeTempDir } from "../temp-dir";

export interface RouteName {
  readonly method: Method;
  /** With parameters as `:name`. */
  readonly path: string;
}

/** Every route that Shelf has. */
export function routeNames(): RouteName[] {
  const dataDir = makeTempDir();
  const store = openStore(dataDir);
  const now = () => new Date();
  const tokens = new LoginTokens(store.credentials, now);
  const guards = makeGuards(store, tokens, now);
  const routes = allRoutes({ store, tokens, now, guards, booksDir: undefined, settings: DEFAULT_SETTINGS });
  store.close();
  rmSync(dataDir, { recursive: true });
  return routes.map(({ method, path }) => ({ method, path }));
}

/** A path with something in the place of every parameter. */
export function fillPath(path: string, value: string): string {
  return path.replace(/:\w+/g, () => value);
}
