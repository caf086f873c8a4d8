import { hashPassword } from "../../accounts/password";
import { initialPassword } from "../../accounts/initial-password";
import { usernameProblem } from "../../accounts/username";
import type { User } from "../../store/users";
import { CardTable, type Column } from "../card-table";
import type { WebContext } from "../context";
import { Button, Field, Form } from "../form";
import { owner, show, type Page, type Reply } from "../page";
import { Time } from "../time";
import type { Visit } from "../visit";
import { newPasswordPage } from "./initial-password";
import { userPages } from "./user";

/** Who else may come in, for the owner to decide. */
export function usersPages(context: WebContext): Page[] {
  return [
    owner.page("/users", visit => usersPage(visit, context)),
    owner.form("/users", visit => addUser(visit, context)),
    ...userPages(context),
  ];
}

async function addUser(visit: Visit<User>, context: WebContext): Promise<Reply> {
  const { store, now } = context;
  const username = visit.form.text("username", 100);
  const wrong = usernameProblem(username) ?? (store.users.findByLogin(username) && "That name is taken.");
  if (wrong !== undefined) return usersPage(visit, context, wrong, 422);
  const password = initialPassword();
  const passwordHash = await hashPassword(password);
  const account = { username, email: null, passwordHash, role: "member", mustChangePassword: true } as const;
  store.users.add({ ...account, createdAt: now().toISOString() });
  return newPasswordPage(username, password);
}

function usersPage({ who, form }: Visit<User>, { store }: WebContext, error?: string, status = 200): Reply {
  const others = store.users.all().filter(({ id }) => id !== who.id);
  const body = (
    <>
      {others.length === 0 ? (
        <p>
          Nobody but you. Everybody who is added gets places, sessions and highlights of their own, and sees the same
          books.
        </p>
      ) : (
        <CardTable columns={COLUMNS} rows={others} keyOf={({ id }) => id} />
      )}
      <h2>Add somebody</h2>
      <Form action="/users" error={error} class="card">
        <Field
          name="username"
          label="Name"
          hint="The password for the first time comes on the next page."
          value={form.text("username", 100)}
          autocomplete="off"
          autocapitalize="none"
          required
        />
        <Button>Add</Button>
      </Form>
    </>
  );
  return show("Users", body, { status });
}

const COLUMNS: readonly Column<User>[] = [
  { head: "Name", cell: ({ username }) => username },
  { head: "Added", cell: ({ createdAt }) => <Time at={createdAt} withClock={false} /> },
  { head: "Account", cell: stateOf },
  {
    head: "Change",
    kind: "action",
    cell: ({ id, username }) => (
      <a href={`/users/${id}`} aria-label={`Change ${username}`}>
        Change
      </a>
    ),
  },
];

function stateOf({ isActive, mustChangePassword, role }: User): string {
  if (!isActive) return "closed";
  if (mustChangePassword) return "has not chosen a password yet";
  return role === "admin" ? "open, owner too" : "open";
}
