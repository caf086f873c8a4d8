import { type Seconds, seconds } from "../core/units";
import { radio } from "../koreader/radio";
import type { Cancel } from "../ports/scheduler";
import type { Loan, Runtime } from "./runtime";

/** When the reader wants Wi-Fi to be switched on: a book was closed, or the device goes to sleep. */
export type Occasion = "close" | "sleep";

/** To find a network, and all in all. A Kobo sleeps 15 s after it was told to, and must sleep with its radio off. */
const SECONDS: Readonly<Record<Occasion, { readonly toConnect: number; readonly inAll: number }>> = {
  close: { toConnect: 30, inAll: 90 },
  sleep: { toConnect: 12, inAll: 12 },
};
/** Where there was no network, there is hardly one a moment later. */
const QUIET_SECONDS = 30 * 60;
const LOOK_SECONDS = seconds(0.5);
/** Switching the radio off takes a device a moment: not while pages turn. */
const CALM_SECONDS = 3;

/** By the wall clock: the other one stands still while the device sleeps. */
let foundNothingAt: number | undefined;

/** Whether this device can do it at all. */
export const canBorrow = (): boolean => radio.isSwitchable();

/** Switches Wi-Fi on, if the reader wants that now, has it off, and something waits that may be sent. */
export function borrow(runtime: Runtime, occasion: Occasion): void {
  if (runtime.loan !== undefined || !radio.isSwitchable() || !radio.isOff() || isQuiet(runtime)) return;
  const { health, waiting, settings } = runtime;
  if (!settings.connections().some(({ id }) => !health.isPausing(id) && waiting().isDue(id))) return;
  runtime.loan = new RadioLoan(runtime, occasion);
}

function isQuiet({ clock }: Runtime): boolean {
  return foundNothingAt !== undefined && Math.abs(clock.epoch() - foundNothingAt) < QUIET_SECONDS;
}

class RadioLoan implements Loan {
  isReturning = false;
  private readonly begun: Seconds;
  private next: Cancel;

  constructor(
    private readonly runtime: Runtime,
    private occasion: Occasion,
  ) {
    const { clock, scheduler } = runtime;
    this.begun = clock.monotonic();
    this.next = scheduler.after(seconds(SECONDS[occasion].toConnect), () => {
      foundNothingAt = clock.epoch();
      this.giveBack();
    });
    radio.borrow(() => {
      if (runtime.loan === this) this.send();
    });
  }

  lost(): void {
    this.end();
    radio.leave();
  }

  sleep(): void {
    if (!this.runtime.settings.preferences().connectAtSleep) return this.putBack();
    this.occasion = "sleep";
    this.next();
    this.next = this.runtime.scheduler.after(seconds(SECONDS.sleep.inAll), () => {
      this.putBack();
    });
  }

  wake(): void {
    if (radio.isRestoredAfterSleep()) this.lost();
    else this.putBack();
  }

  putBack(): void {
    this.isReturning = true;
    radio.putBack();
    this.end();
  }

  private send(): void {
    foundNothingAt = undefined;
    this.next();
    this.runtime.delivery.start(this.runtime);
    this.lookAgain(() => {
      const { clock, errands } = this.runtime;
      const isLate = clock.monotonic() - this.begun >= SECONDS[this.occasion].inAll;
      if (isLate || errands.isIdle()) this.giveBack();
      return isLate || errands.isIdle();
    });
  }

  /** Where pages turn, once they rest. */
  private giveBack(): void {
    this.lookAgain(() => {
      const { clock, reading } = this.runtime;
      const isCalm = reading?.session === undefined || clock.monotonic() - reading.session.lastTurn() >= CALM_SECONDS;
      if (isCalm) this.putBack();
      return isCalm;
    });
  }

  /** Now and every half second, until it is done. */
  private lookAgain(isDone: () => boolean): void {
    if (isDone()) return;
    this.next = this.runtime.scheduler.after(LOOK_SECONDS, () => {
      this.lookAgain(isDone);
    });
  }

  private end(): void {
    this.next();
    this.runtime.loan = undefined;
  }
}
