import type { Failure } from "../../core/failure";
import type { Release } from "../../core/release";
import { failure, type Result, success } from "../../core/result";
import type { Clock } from "../../ports/clock";
import type { Releases } from "../../ports/server";
import { incomingFolder } from "../../koreader/updates/versions";
import { Unpacking } from "../../koreader/updates/unpacking";
import { seconds } from "../../core/units";

/** Between two words on how far it is. */
const PAUSE = seconds(1);

/** What a worker tells of an update on its way. */
export type UpdateNews =
  | { readonly kind: "arrived"; readonly bytes: number }
  | { readonly kind: "unpacked" }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Runs in the worker: fetches a release, takes it apart and checks it. The last word is `unpacked` or `failed`. */
export function fetchUpdate(
  releases: Releases | undefined,
  release: Release,
  clock: Pick<Clock, "monotonic">,
  tell: (news: UpdateNews) => void,
): void {
  let toldAt = clock.monotonic();
  const unpacking = new Unpacking(release, incomingFolder(), bytes => {
    const now = clock.monotonic();
    if (now - toldAt < PAUSE) return;
    toldAt = now;
    tell({ kind: "arrived", bytes });
  });
  const fetched = releases === undefined ? noReleases() : releases.fetch(release, unpacking);
  const done = fetched.ok ? unpacking.finish() : fetched;
  unpacking.drop();
  tell(done.ok ? { kind: "unpacked" } : { kind: "failed", failure: done.failure });
}

const noReleases = (): Result<never, Failure> =>
  failure({ reason: "unsupported", detail: "a server without releases" });

/** The newest release of a source; nothing where it has none. */
export function newestOf(releases: Releases | undefined): Result<Release | undefined, Failure> {
  return releases === undefined ? success(undefined) : releases.newest();
}
