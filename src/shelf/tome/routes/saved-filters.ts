import { created } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
import { anyObject, text } from "../values";

/** How a browser makes a shelf: a search under a name. */
export function savedFilterRoutes({ store, guards }: Context): Endpoint[] {
  return [
    endpoint({
      method: "POST",
      path: "/api/saved-filters",
      guard: guards.account,
      body: { name: required(text), params: required(anyObject) },
      handle: ({ who, body: { name, params } }) => {
        const id = store.shelves.add({ ownerId: who.id, name, params });
        return created({ id, name, params });
      },
    }),
  ];
}
