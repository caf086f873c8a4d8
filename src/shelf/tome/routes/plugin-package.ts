import { refuse } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";

/** Shelf hands out no plugin yet; a Tome's own plugin, which asks here for its next version, stays as it is. */
export function pluginPackageRoutes({ guards }: Context): Endpoint[] {
  const nothing = () => refuse(404, "No plugin here");
  return [
    endpoint({ method: "GET", path: "/api/plugin/koreader", guard: guards.account, handle: nothing }),
    endpoint({ method: "GET", path: "/api/plugin/main-impl.lua", guard: guards.plugin, handle: nothing }),
  ];
}
