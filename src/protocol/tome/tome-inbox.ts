import type { Failure } from "../../core/failure";
import { failure, type Result, success } from "../../core/result";
import type { Inbox, InboxItem } from "../../ports/server";
import { catalogueBookOf } from "./tome-catalogue-codec";
import type { TomeClient } from "./tome-client";
import { fieldsOf, idOf, listOf } from "./tome-fields";

/** Nobody sends more to a device; the rest comes when these are taken. */
const MOST_ITEMS = 200;

/** `GET /api/tome-sync/inbox` and `POST …/inbox/{item}/delivered`, since Tome 1.4; in 2.3 unless it is switched off. */
export class TomeInbox implements Inbox {
  constructor(private readonly client: TomeClient) {}

  /** Switched off it is a 404, as on servers that never had it. */
  items(): Result<InboxItem[], Failure> {
    const answer = this.client.get("/tome-sync/inbox");
    if (answer.ok) return success(itemsOf(answer.value.body));
    const isNone = answer.failure.reason === "missing";
    return isNone ? failure({ ...answer.failure, reason: "unsupported" }) : answer;
  }

  /** 404: another device of the reader, or the reader on the server's pages, was faster. */
  acknowledge(itemId: string): Result<true, Failure> {
    const answer = this.client.sendJson("POST", `/tome-sync/inbox/${itemId}/delivered`, {});
    return answer.ok || answer.failure.reason === "missing" ? success(true) : answer;
  }
}

/** `{"items": [{"id", "book_id", "title", …, "pinned_file_id", "files"}]}`; what is no book is passed over. */
function itemsOf(body: unknown): InboxItem[] {
  const items: InboxItem[] = [];
  for (const entry of listOf(fieldsOf(body)["items"]).slice(0, MOST_ITEMS)) {
    const fields = fieldsOf(entry);
    const itemId = idOf(fields["id"]);
    const book = catalogueBookOf(entry, "book_id");
    const fileId = idOf(fields["pinned_file_id"]);
    if (itemId === undefined || book === undefined) continue;
    items.push(fileId === undefined ? { itemId, book } : { itemId, book, fileId });
  }
  return items;
}
