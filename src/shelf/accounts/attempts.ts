/** Who tries to get in as whom, from where. */
export interface Attempt {
  readonly account: string;
  /** The network address. */
  readonly address: string;
}

interface Failures {
  count: number;
  /** When the next attempt is taken, in ms since 1970. */
  openAt: number;
}

/** Typing a password wrongly a few times costs nothing. */
const FREE_FAILURES = 5;
const LONGEST_WAIT_MS = 60_000;
/** Anybody may try any name from anywhere, so there is a bound. */
const MOST_KEYS = 10_000;

/**
 * Slows guessing down: after five failures for an account or from an address the next attempt has to wait a second, the
 * one after it two, and so on up to a minute. Not longer, so that who guesses does not lock the account's owner out.
 */
export class Attempts {
  private readonly failures = new Map<string, Failures>();

  constructor(private readonly now: () => Date) {}

  /**
   * Asks whether an attempt may be made: 0, or how many seconds it has to wait. One that may be made counts as failed
   * until it is said to have succeeded, so that many at once are no way round.
   */
  take(attempt: Attempt): number {
    const at = this.now().getTime();
    const openAt = Math.max(...keysOf(attempt).map(key => this.failures.get(key)?.openAt ?? 0));
    if (openAt > at) return Math.ceil((openAt - at) / 1000);
    for (const key of keysOf(attempt)) this.count(key, at);
    this.forgetOldest();
    return 0;
  }

  /** Clears the account. Of the address only this attempt: else one's own password would pay for guessing others'. */
  succeeded(attempt: Attempt): void {
    const [account, address] = keysOf(attempt);
    this.failures.delete(account);
    const found = this.failures.get(address);
    if (found && found.count > 1) this.failures.set(address, { count: found.count - 1, openAt: 0 });
    else this.failures.delete(address);
  }

  private count(key: string, at: number): void {
    const count = (this.failures.get(key)?.count ?? 0) + 1;
    const wait = count < FREE_FAILURES ? 0 : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (count - FREE_FAILURES));
    // Put in anew, so that the map's order is that of the last failures.
    this.failures.delete(key);
    this.failures.set(key, { count, openAt: at + wait });
  }

  private forgetOldest(): void {
    for (const key of this.failures.keys()) {
      if (this.failures.size <= MOST_KEYS) return;
      this.failures.delete(key);
    }
  }
}

function keysOf({ account, address }: Attempt): [account: string, address: string] {
  return [`account ${account.toLowerCase()}`, `address ${address}`];
}
