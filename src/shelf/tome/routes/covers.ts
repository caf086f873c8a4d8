import { isPluginKey } from "../../accounts/keys";
import type { OpenBook } from "../../library/book-file";
import { refuse, type Answer } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint, type Guard } from "../endpoint";
import { required } from "../fields";
import { integer } from "../values";
import type { User } from "../../store/users";

const noCover = refuse(404, "No cover");

/** The covers of books. Tome 2.3 shows them to anybody; Shelf to whoever may see the book, with either kind of key. */
export function coverRoutes({ store, covers, guards }: Context): Endpoint[] {
  const either: Guard<User> = incoming =>
    isPluginKey(incoming.authorization) ? guards.plugin(incoming) : guards.account(incoming);
  return [
    endpoint({
      method: "GET",
      path: "/api/books/:book_id/cover",
      guard: either,
      params: { book_id: required(integer) },
      handle: async ({ who, params, headers }) => {
        if (!store.catalogue.canSee(who, params.book_id)) return noCover;
        const cover = await covers.of(params.book_id);
        return cover ? deliver(cover, headers["if-none-match"]) : noCover;
      },
    }),
  ];
}

async function deliver(cover: OpenBook, known: string | undefined): Promise<Answer> {
  const headers = { etag: cover.etag, "cache-control": "private, max-age=86400" };
  if (known === cover.etag) {
    await cover.close();
    return { status: 304, headers };
  }
  const bytes = { type: "image/jpeg", length: cover.size, stream: cover.read(0, cover.size) };
  return { status: 200, bytes, headers };
}
