import { createOwner, needsSetUp } from "../../accounts/set-up";
import { passwordProblem } from "../../accounts/password-rules";
import { signIn } from "../../accounts/sign-in";
import { usernameProblem } from "../../accounts/username";
import type { WebContext } from "../context";
import { Button, Field, Form } from "../form";
import { NewPassword, newPasswordOf } from "../new-password";
import { anyone, redirect, show, type Page, type Reply } from "../page";
import type { Visit } from "../visit";

const WRONG_CODE = "That is not the code in the terminal. It changes whenever Shelf starts.";

/** The first page of a new Shelf: its owner proves to see the terminal, and chooses a name and a password. */
export function setUpPages(context: WebContext): Page[] {
  const { store } = context;
  return [
    anyone.page("/set-up", visit => (needsSetUp(store) ? setUpPage(visit) : redirect("/"))),
    anyone.form("/set-up", visit => (needsSetUp(store) ? setUp(visit, context) : redirect("/"))),
  ];
}

async function setUp(visit: Visit, { store, now, setUpCode, attempts }: WebContext): Promise<Reply> {
  const attempt = { account: "set-up", address: visit.address };
  const wait = attempts.take(attempt);
  if (wait > 0) return setUpPage(visit, `Too many wrong codes. Try again in ${wait} s.`, 429);
  const { form } = visit;
  if (!setUpCode.matches(form.text("code", 20))) return setUpPage(visit, WRONG_CODE, 403);
  attempts.succeeded(attempt);
  const [username, password] = [form.text("username", 100), newPasswordOf(form)];
  const wrong = usernameProblem(username) ?? (password.ok ? passwordProblem(password.value, username) : password.why);
  if (wrong !== undefined || !password.ok) return setUpPage(visit, wrong, 422);
  const userId = await createOwner(store, { username, password: password.value }, now().toISOString());
  if (userId === undefined) return setUpPage(visit, "That name is taken. Choose another one.", 409);
  const id = signIn(store, userId, visit.browser, now());
  return { kind: "redirect", to: "/", flash: `Welcome, ${username}. This library is yours now.`, signIn: id };
}

function setUpPage({ form }: Visit, error?: string, status = 200): Reply {
  return show(
    "Set up your library",
    <>
      <p>
        Shelf has just started for the first time. The terminal in which it runs shows a <strong>set-up code</strong>:
        whoever enters it here becomes the owner.
      </p>
      <Form action="/set-up" error={error} class="card">
        <Field
          name="code"
          label="Set-up code"
          hint="Eight letters and digits, for instance ABCD-2345."
          value={form.text("code", 20)}
          autocomplete="one-time-code"
          autocapitalize="characters"
          required
        />
        <Field name="username" label="Your name" value={form.text("username", 100)} autocomplete="username" required />
        <NewPassword />
        <Button>Create the owner</Button>
      </Form>
    </>,
    { status },
  );
}
