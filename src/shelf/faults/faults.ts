import type { Endpoint } from "../tome/endpoint";
import { bakeDelay } from "./bake-delay";
import type { Fault } from "./fault";
import { profileFaults, type Profile } from "./profile";
import { quota } from "./quota";
import { redirectPuts } from "./redirect-puts";
import { sizeMismatch } from "./size-mismatch";
import { strictLists } from "./strict-lists";
import { trickle, type Trickle } from "./trickle";
import { truncation } from "./truncation";
import { unauthorizedAfter } from "./unauthorized-after";

/** What a client will meet in the world, to be made on purpose: for tests alone, never from the command line. */
export interface Faults {
  /** Which release of Tome to look like: younger routes and fields are missing. 2.3 without this. */
  readonly profile?: Profile;
  /** Silence before the first byte of each book's first download. */
  readonly bakeDelayMs?: number;
  /** By how many bytes the sizes in lists are off. */
  readonly sizeMismatchBytes?: number;
  /** After how many bytes a download breaks off. */
  readonly truncateAfterBytes?: number;
  /** After how many calls the key is refused. */
  readonly unauthorizedAfterCalls?: number;
  /** How many downloads a key has per day (UTC); 0 = none. */
  readonly downloadsPerDay?: number;
  /** Whether `{}` for a list is refused with 422. */
  readonly strictLists?: boolean;
  /** How many seconds the server's clock is ahead. */
  readonly clockOffsetSeconds?: number;
  /** A few bytes at a time, for every answer. */
  readonly trickle?: Trickle;
  /** The origin to which every PUT is sent on with 307. */
  readonly redirectPutsTo?: string;
}

/** The routes with their faults. */
export function withFaults(endpoints: readonly Endpoint[], faults: Faults, now: () => Date): Endpoint[] {
  return faultsOf(faults, now).reduce<Endpoint[]>(
    (routes, fault) => routes.flatMap(endpoint => fault(endpoint) ?? []),
    [...endpoints],
  );
}

/** A clock that is off by so many seconds. */
export function clockWith({ clockOffsetSeconds = 0 }: Faults, now: () => Date): () => Date {
  return () => new Date(now().getTime() + clockOffsetSeconds * 1000);
}

function faultsOf(faults: Faults, now: () => Date): Fault[] {
  return [
    ...made(faults.profile, profileFaults).flat(),
    ...made(faults.sizeMismatchBytes, sizeMismatch),
    ...made(faults.truncateAfterBytes, truncation),
    ...made(faults.bakeDelayMs, bakeDelay),
    ...made(faults.downloadsPerDay, perDay => quota(perDay, now)),
    ...(faults.strictLists === true ? [strictLists()] : []),
    ...made(faults.redirectPutsTo, redirectPuts),
    ...made(faults.trickle, trickle),
    ...made(faults.unauthorizedAfterCalls, unauthorizedAfter),
  ];
}

function made<T, R>(value: T | undefined, make: (value: T) => R): R[] {
  return value === undefined ? [] : [make(value)];
}
