import { ok } from "../answer";
import { anybody, endpoint, type Endpoint } from "../endpoint";

/** The Tome release whose API Shelf speaks: clients choose their features by it. */
const TOME_VERSION = "2.3.0";
const PLUGIN_VERSION = { version: "41", build: 41, semver: "1.14.0" };

export function healthRoutes(): Endpoint[] {
  return [
    endpoint({
      method: "GET",
      path: "/api/health",
      guard: anybody,
      handle: () => ok({ status: "ok", version: TOME_VERSION }),
    }),
    endpoint({ method: "GET", path: "/api/plugin/version", guard: anybody, handle: () => ok(PLUGIN_VERSION) }),
  ];
}
