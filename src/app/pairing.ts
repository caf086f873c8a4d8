import type { Failure, Reason } from "../core/failure";
import { failure, type Result, success } from "../core/result";
import { seconds } from "../core/units";
import { part } from "../parts";
import type { PairingEvents } from "../ports/actions";
import type { Pairing, ShownCode } from "../ports/pairing";
import type { Cancel } from "../ports/scheduler";
import type { Errands } from "./errands";
import type { Runtime } from "./runtime";

/** As often as a Tome's own plugin asks. */
const POLL = seconds(3);
/** A screen that was forgotten does not ask for ever: a code lives for five minutes. */
const MOST_CODES = 6;
/** A network may come and go for so many questions. */
const MOST_FAILURES = 5;
const PASSING: readonly Reason[] = ["offline", "dns", "refused", "timeout", "busy", "server"];

type Reply<Answer> = { readonly answer: Answer } | { readonly failure: Failure };

/**
 * Lets a server show that its owner wants this device: asks for a code, and then whether it was entered there. Each question
 * is asked in a worker, and the login stays in it: only the key comes back.
 * @returns what stops it; then nothing is told any more
 */
export function pair(runtime: Runtime, errands: Errands, url: string, events: PairingEvents): Cancel {
  const pairing = new PairingInProgress(runtime, errands, url, events);
  runtime.network.whenConnected(() => {
    pairing.begin();
  });
  return () => {
    pairing.stop();
  };
}

class PairingInProgress {
  private isStopped = false;
  private codes = 0;
  private failures = 0;
  private cancelNext: Cancel | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly errands: Errands,
    private readonly url: string,
    private readonly events: PairingEvents,
  ) {}

  begin(): void {
    this.codes += 1;
    this.question<ShownCode>(
      pairing => pairing.begin(),
      shown => {
        if (!shown.ok) return this.end(shown);
        this.events.shown(shown.value.code);
        this.askSoon(shown.value);
      },
    );
  }

  stop(): void {
    this.isStopped = true;
    this.cancelNext?.();
  }

  private askSoon(shown: ShownCode): void {
    this.cancelNext = this.runtime.scheduler.after(POLL, () => {
      this.ask(shown);
    });
  }

  private ask(shown: ShownCode): void {
    this.question(
      pairing => pairing.ask(shown),
      answer => {
        if (!answer.ok) return this.failed(shown, answer.failure);
        this.failures = 0;
        switch (answer.value.kind) {
          case "pending":
            return this.askSoon(shown);
          case "over":
            return this.renew();
          case "paired":
            return this.end(success(answer.value.paired));
        }
      },
    );
  }

  private renew(): void {
    if (this.codes >= MOST_CODES) return this.end(failure({ reason: "timeout", detail: "no code was entered" }));
    this.begin();
  }

  private failed(shown: ShownCode, found: Failure): void {
    this.failures += 1;
    if (this.failures > MOST_FAILURES || !PASSING.includes(found.reason)) return this.end(failure(found));
    this.askSoon(shown);
  }

  private end(result: Parameters<PairingEvents["done"]>[0]): void {
    this.isStopped = true;
    this.events.done(result);
  }

  private question<Answer>(
    ask: (pairing: Pairing) => Result<Answer, Failure>,
    done: (result: Result<Answer, Failure>) => void,
  ): void {
    if (this.isStopped) return;
    const device = this.runtime.settings.deviceName();
    let reply: Reply<Answer> | undefined;
    this.errands.add<Reply<Answer>>({
      prepare: () => tell => {
        const { openPairing, wire } = part("app/errand-work");
        const result = ask(openPairing("tome", this.url, device, wire));
        tell(result.ok ? { answer: result.value } : { failure: result.failure });
      },
      onMessage: message => {
        reply = message;
      },
      onEnd: died => {
        if (!this.isStopped) done(died === undefined ? resultOf(reply) : failure(died));
      },
    });
  }
}

function resultOf<Answer>(reply: Reply<Answer> | undefined): Result<Answer, Failure> {
  if (reply === undefined) return failure({ reason: "cancelled", detail: "the worker said nothing" });
  return "failure" in reply ? failure(reply.failure) : success(reply.answer);
}
