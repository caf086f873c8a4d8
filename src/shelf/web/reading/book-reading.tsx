import type { Store } from "../../store/store";
import { Time } from "../time";
import { deviceWords, statusWords } from "./tables";
import { countWords, durationWords, percentWords } from "./words";

interface BookReadingProps {
  readonly store: Store;
  readonly userId: number;
  readonly bookId: number;
}

/** A reader's reading of one book, in a few lines: for the page of that book. */
export function BookReading({ store, userId, bookId }: BookReadingProps) {
  const read = store.reading.book(userId, bookId);
  const place = store.positions.find(userId, bookId);
  const standing = store.statuses.find(userId, bookId);
  if (!read && !place && (standing?.status ?? "unread") === "unread") return <p class="quiet">Not opened yet.</p>;
  return (
    <dl class="facts">
      <dt>Status</dt>
      <dd>{statusWords(standing?.status ?? null)}</dd>
      <dt>Place</dt>
      <dd>
        {place ? (
          <>
            {percentWords(place.percentage)}, {deviceWords(place.device)}, <Time at={place.updatedAt} />
          </>
        ) : (
          "No device has brought one."
        )}
      </dd>
      <dt>Time</dt>
      <dd>{read ? `${durationWords(read.seconds)} in ${countWords(read.sittings, "sitting")}` : "None yet."}</dd>
    </dl>
  );
}
