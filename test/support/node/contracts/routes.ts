import { rmSync } from "node:fs";
import { Attempts } from "../../../../src/shelf/accounts/attempts";
import { LoginTokens } from "../../../../src/shelf/accounts/login-token";
import { Covers } from "../../../../src/shelf/library/covers";
import { makeParsers } from "../../../../src/shelf/library/parsing/parsers";
import { Scanner } from "../../../../src/shelf/library/scanner";
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
  const parsers = makeParsers();
  const scanner = new Scanner({ store, root: undefined, now, parsers });
  const covers = new Covers({ store, root: undefined, dataDir, parsers });
  const attempts = new Attempts(now);
  const context = {
    store,
    attempts,
    tokens,
    now,
    guards,
    scanner,
    covers,
    booksDir: undefined,
    settings: DEFAULT_SETTINGS,
    pluginDir: dataDir,
  };
  const routes = allRoutes(context);
  store.close();
  rmSync(dataDir, { recursive: true });
  return routes.map(({ method, path }) => ({ method, path }));
}

/** A path with something in the place of every parameter. */
export function fillPath(path: string, value: string): string {
  return path.replace(/:\w+/g, () => value);
}
