import { findCode, readCode } from "../../accounts/pairing";
import type { PairingCode } from "../../store/pairing-codes";
import type { User } from "../../store/users";
import type { WebContext } from "../context";
import { Button, Form } from "../form";
import { reader, redirect, show, type Page, type Reply } from "../page";
import { Time } from "../time";
import type { Visit } from "../visit";

/** The page on which a code is entered, with what is wrong with the last one. */
type CodePage = (visit: Visit<User>, context: WebContext, error?: string, status?: number) => Reply;

const PROBLEMS = {
  unknown: "No device shows that code. Compare it with the device’s screen.",
  expired: "That code is too old. The device shows a new one by now.",
  used: "That code was used already.",
};

const POLL_SECONDS = 2;

/** Shows which device asks for a code, and asks whether to let it in. */
export function confirmCode(visit: Visit<User>, typed: string, context: WebContext, codePage: CodePage): Reply {
  const attempt = { account: `code of ${visit.who.id}`, address: `${visit.address} codes` };
  const wait = context.attempts.take(attempt);
  if (wait > 0) return codePage(visit, context, `Too many wrong codes. Try again in ${wait} s.`, 429);
  const found = findCode(context.store, typed, context.now());
  if (found.kind !== "open") return codePage(visit, context, PROBLEMS[found.kind], 422);
  context.attempts.succeeded(attempt);
  return show("Let this device in?", <Asking code={found.code} />);
}

function Asking({ code }: { readonly code: PairingCode }) {
  return (
    <>
      <p>Compare the code with the one on the screen of the device in front of you:</p>
      <p class="big code">{spaced(code.code)}</p>
      <dl>
        <dt>Device</dt>
        <dd>{code.device ?? "It does not say its name."}</dd>
        <dt>Asks from</dt>
        <dd>{code.address ?? "unknown"}</dd>
        <dt>Open until</dt>
        <dd>
          <Time at={code.expiresAt} />
        </dd>
      </dl>
      <p>It will be able to read and change what is yours here: your books, places and highlights.</p>
      <Form action="/connect/allow" class="actions">
        <input type="hidden" name="code" value={code.code} />
        <Button>Let it in</Button>
        <a class="button quiet" href="/connect">
          No
        </a>
      </Form>
    </>
  );
}

/** Letting a device in, and waiting until it has come. */
export function pairingForms(context: WebContext, codePage: CodePage): Page[] {
  const { store, now } = context;
  return [
    reader.form("/connect/allow", visit => {
      const found = findCode(store, visit.form.text("code", 20), now());
      if (found.kind !== "open") return codePage(visit, context, PROBLEMS[found.kind], 422);
      store.pairingCodes.authorize(found.code.code, visit.who.id);
      return redirect(`/connect/wait?code=${found.code.code}`);
    }),
    reader.page("/connect/wait", visit => waitFor(visit, context, codePage)),
  ];
}

/** The device asks every few seconds; once it has its key, its code is gone. */
function waitFor(visit: Visit<User>, context: WebContext, codePage: CodePage): Reply {
  const { store, now } = context;
  const code = store.pairingCodes.find(readCode(visit.query.text("code", 20)));
  if (!code) return redirect("/devices", "The device is connected.");
  if (code.userId !== visit.who.id) return codePage(visit, context, PROBLEMS.unknown, 422);
  if (code.expiresAt <= now().toISOString())
    return codePage(visit, context, "The device did not come in time. Let it show a new code.", 410);
  const body = <p role="status">It is let in, and comes within a few seconds. Leave its screen as it is.</p>;
  return show(`Waiting for ${code.device ?? "the device"} …`, body, { refreshSeconds: POLL_SECONDS });
}

/** ABC234 → ABC 234 */
function spaced(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
