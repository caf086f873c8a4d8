import { verifyPassword } from "../../accounts/password";
import { LONGEST_PASSWORD } from "../../accounts/password-rules";
import { needsSetUp } from "../../accounts/set-up";
import { signIn } from "../../accounts/sign-in";
import type { WebContext } from "../context";
import { Button, Field, Form } from "../form";
import { localPath } from "../guard";
import { anyone, redirect, show, type Page, type Reply } from "../page";
import type { Visit } from "../visit";

const WRONG = "This name and this password do not belong together.";
const CLOSED = "This account is closed. The owner of the library can open it again.";

/** The way in with a name and a password, and the way out. */
export function signInPages(context: WebContext): Page[] {
  const { store } = context;
  return [
    anyone.page("/sign-in", visit => {
      if (needsSetUp(store)) return redirect("/set-up");
      return visit.who ? redirect("/") : signInPage(visit);
    }),
    anyone.form("/sign-in", visit => enter(visit, context)),
    anyone.form("/sign-out", ({ session }) => {
      if (session) store.webSessions.end(session.hash);
      return { kind: "redirect", to: "/sign-in", signIn: "out" };
    }),
  ];
}

async function enter(visit: Visit, { store, now, attempts }: WebContext): Promise<Reply> {
  const { form } = visit;
  const username = form.text("username", 100);
  const attempt = { account: username, address: visit.address };
  const wait = attempts.take(attempt);
  if (wait > 0) return signInPage(visit, `Too many attempts. Try again in ${wait} s.`, 429);
  const user = store.users.findByLogin(username);
  const isRight = await verifyPassword(form.raw("password", LONGEST_PASSWORD), user?.passwordHash ?? null);
  if (!user || !isRight) return signInPage(visit, WRONG, 403);
  if (!user.isActive) return signInPage(visit, CLOSED, 403);
  attempts.succeeded(attempt);
  if (visit.session) store.webSessions.end(visit.session.hash);
  return {
    kind: "redirect",
    to: localPath(form.raw("next", 2000)),
    signIn: signIn(store, user.id, visit.browser, now()),
  };
}

function signInPage({ form, query }: Visit, error?: string, status = 200): Reply {
  const next = form.raw("next", 2000) === "" ? query.raw("next", 2000) : form.raw("next", 2000);
  return show(
    "Sign in",
    <Form action="/sign-in" error={error} class="card">
      <input type="hidden" name="next" value={localPath(next)} />
      <Field name="username" label="Name" value={form.text("username", 100)} autocomplete="username" required />
      <Field name="password" label="Password" type="password" autocomplete="current-password" required />
      <Button>Sign in</Button>
    </Form>,
    { status },
  );
}
