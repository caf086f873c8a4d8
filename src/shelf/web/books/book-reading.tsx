import type { Position } from "../../store/positions";
import type { Store } from "../../store/store";
import { CardTable, type Column } from "../card-table";
import { deviceWords } from "../reading/tables";
import { durationWords, percentWords } from "../reading/words";
import { Time } from "../time";

const MOST_SESSIONS = 20;

/** Where each reader is that has opened the book. */
export function Devices({ positions }: { readonly positions: readonly Position[] }) {
  if (positions.length === 0) return null;
  return (
    <>
      <h3>On each device</h3>
      <ul>
        {positions.map(({ device, percentage, updatedAt }) => (
          <li key={device}>
            {deviceWords(device)}: {percentWords(percentage)}, <Time at={updatedAt} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface SessionsProps {
  readonly store: Store;
  readonly userId: number;
  readonly bookId: number;
}

type Session = ReturnType<Store["sessions"]["ofBook"]>[number];

const COLUMNS: readonly Column<Session>[] = [
  { head: "When", cell: ({ startedAt }) => <Time at={startedAt} /> },
  { head: "Device", cell: ({ device }) => deviceWords(device) },
  {
    head: "Time",
    kind: "number",
    cell: ({ durationSeconds }) => (durationSeconds === null ? "–" : durationWords(durationSeconds)),
  },
  { head: "From", kind: "number", cell: ({ progressStart }) => percentWords(progressStart) },
  { head: "To", kind: "number", cell: ({ progressEnd }) => percentWords(progressEnd) },
];

/** The newest sittings with a book. */
export function Sessions({ store, userId, bookId }: SessionsProps) {
  const sessions = store.sessions.ofBook(userId, bookId, MOST_SESSIONS);
  if (sessions.length === 0) return null;
  return (
    <>
      <h3>{sessions.length === MOST_SESSIONS ? `The last ${MOST_SESSIONS} sessions` : "Sessions"}</h3>
      <CardTable columns={COLUMNS} rows={sessions} keyOf={({ id }) => id} />
    </>
  );
}
