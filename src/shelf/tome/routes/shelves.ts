import { filterOf } from "../../store/shelf-filters";
import { ok, refuse } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
import { integer } from "../values";
import { bookEntry } from "./catalogue";

/** The shelves of the user who asks: kept searches, made anew at each look. */
export function shelfRoutes(context: Context): Endpoint[] {
  return [listShelves(context), showShelf(context)];
}

function listShelves({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/shelves",
    guard: guards.plugin,
    handle: ({ who }) => {
      const shelves = store.shelves.of(who.id).map(({ id, name, params }) => {
        return { id, name, book_count: store.catalogue.count(who, filterOf(params)) };
      });
      return ok(shelves);
    },
  });
}

function showShelf({ store, guards }: Context): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/tome-sync/shelf-books",
    guard: guards.plugin,
    query: { shelf_id: required(integer) },
    handle: ({ who, query }) => {
      const shelf = store.shelves.find(who.id, query.shelf_id);
      if (!shelf) return refuse(404, "Shelf not found");
      const filter = filterOf(shelf.params);
      const books = store.catalogue.filtered(who, filter).map(bookEntry);
      return ok({ shelf: shelf.name, unsupported_filters: filter.unsupported, books });
    },
  });
}
