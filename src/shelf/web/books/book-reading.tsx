import type { Position } from "../../store/positions";
import type { Store } from "../../store/store";
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

/** The newest sittings with a book. */
export function Sessions({ store, userId, bookId }: SessionsProps) {
  const sessions = store.sessions.ofBook(userId, bookId, MOST_SESSIONS);
  if (sessions.length === 0) return null;
  return (
    <>
      <h3>{sessions.length === MOST_SESSIONS ? `The last ${MOST_SESSIONS} sessions` : "Sessions"}</h3>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Device</th>
            <th scope="col" class="number">
              Time
            </th>
            <th scope="col" class="number">
              From
            </th>
            <th scope="col" class="number">
              To
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, startedAt, device, durationSeconds, progressStart, progressEnd }) => (
            <tr key={id}>
              <th scope="row">
                <Time at={startedAt} />
              </th>
              <td data-label="Device">{deviceWords(device)}</td>
              <td class="number" data-label="Time">
                {durationSeconds === null ? "–" : durationWords(durationSeconds)}
              </td>
              <td class="number" data-label="From">
                {percentWords(progressStart)}
              </td>
              <td class="number" data-label="To">
                {percentWords(progressEnd)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
