import { hashPassword, verifyPassword } from "../../accounts/password";
import { LONGEST_PASSWORD, passwordProblem } from "../../accounts/password-rules";
import { signIn } from "../../accounts/sign-in";
import type { User } from "../../store/users";
import { browserName } from "../browser-name";
import { CardTable, type Column } from "../card-table";
import type { WebContext } from "../context";
import { Button, ButtonForm, Field, Form } from "../form";
import { NewPassword, newPasswordOf } from "../new-password";
import { reader, show, type Page, type Reply } from "../page";
import { Time } from "../time";
import type { Visit } from "../visit";

/** What concerns oneself: the password, and the browsers in which one is signed in. */
export function accountPages(context: WebContext): Page[] {
  return [
    reader.page("/account", visit => accountPage(visit, context)),
    reader.form("/account/password", visit => changePassword(visit, context)),
    reader.form("/account/sign-out-everywhere", ({ who }) => {
      context.store.webSessions.endAll(who.id);
      return { kind: "redirect", to: "/sign-in", signIn: "out" };
    }),
  ];
}

/** Ends every session, and starts a new one here: whoever knew the old password is out. */
async function changePassword(visit: Visit<User>, context: WebContext): Promise<Reply> {
  const { store, now, attempts } = context;
  const { who, form } = visit;
  const attempt = { account: who.username, address: visit.address };
  const wait = attempts.take(attempt);
  if (wait > 0) return accountPage(visit, context, `Too many attempts. Try again in ${wait} s.`, 429);
  if (!(await verifyPassword(form.raw("password", LONGEST_PASSWORD), who.passwordHash)))
    return accountPage(visit, context, "That is not your present password.", 403);
  attempts.succeeded(attempt);
  const chosen = newPasswordOf(form);
  const wrong = chosen.ok ? passwordProblem(chosen.value, who.username) : chosen.why;
  if (!chosen.ok || wrong !== undefined) return accountPage(visit, context, wrong, 422);
  store.users.setPassword(who.id, await hashPassword(chosen.value), false);
  store.webSessions.endAll(who.id);
  const id = signIn(store, who.id, visit.browser, now());
  const flash = "Your password is changed. Other browsers have to sign in again.";
  return { kind: "redirect", to: "/account", flash, signIn: id };
}

function accountPage(visit: Visit<User>, context: WebContext, error?: string, status = 200): Reply {
  const { who } = visit;
  const body = (
    <>
      <p>
        You are signed in as <strong>{who.username}</strong>
        {who.role === "admin" ? ", the owner of this library." : "."}
      </p>
      <ButtonForm action="/sign-out" kind="quiet">
        Sign out
      </ButtonForm>
      <h2>Change your password</h2>
      <Form action="/account/password" error={error} class="card">
        <Field name="password" label="Present password" type="password" autocomplete="current-password" required />
        <NewPassword label="New password" />
        <Button>Change the password</Button>
      </Form>
      <Browsers visit={visit} context={context} />
    </>
  );
  return show("Your account", body, { status });
}

type Session = ReturnType<WebContext["store"]["webSessions"]["of"]>[number];

const columns = (here: string | undefined): readonly Column<Session>[] => [
  {
    head: "Browser",
    cell: ({ hash, browser }) => (
      <>
        {browserName(browser)} {hash === here && <span class="quiet">(this one)</span>}
      </>
    ),
  },
  { head: "Signed in", cell: ({ createdAt }) => <Time at={createdAt} /> },
  { head: "Last seen", cell: ({ seenAt }) => <Time at={seenAt} /> },
];

function Browsers({ visit, context }: { readonly visit: Visit<User>; readonly context: WebContext }) {
  const sessions = context.store.webSessions.of(visit.who.id);
  return (
    <>
      <h2>Where you are signed in</h2>
      <CardTable columns={columns(visit.session?.hash)} rows={sessions} keyOf={({ hash }) => hash} />
      <ButtonForm action="/account/sign-out-everywhere" kind="quiet">
        Sign out everywhere
      </ButtonForm>
    </>
  );
}
