import { hashPassword } from "../../accounts/password";
import { initialPassword } from "../../accounts/initial-password";
import type { User } from "../../store/users";
import type { WebContext } from "../context";
import { Button, ButtonForm, Field, Form } from "../form";
import { missing, owner, redirect, show, type Page, type Reply } from "../page";
import type { Visit } from "../visit";
import { newPasswordPage } from "./initial-password";

type Change = (user: User, visit: Visit<User>) => Reply | Promise<Reply>;

/** One account other than the owner's own. */
export function userPages({ store }: WebContext): Page[] {
  const withUser = (change: Change) => (visit: Visit<User>) => {
    const id = visit.params.whole("id");
    const user = id === undefined || id === visit.who.id ? undefined : store.users.find(id);
    return user ? change(user, visit) : missing("There is no such user.");
  };
  return [
    owner.page(
      "/users/:id",
      withUser(user => userPage(user)),
    ),
    owner.form(
      "/users/:id/password",
      withUser(async user => {
        const password = initialPassword();
        store.users.setPassword(user.id, await hashPassword(password), true);
        store.webSessions.endAll(user.id);
        return newPasswordPage(user.username, password);
      }),
    ),
    owner.form(
      "/users/:id/close",
      withUser(user => {
        store.users.setActive(user.id, false);
        store.webSessions.endAll(user.id);
        return redirect("/users", `The account of ${user.username} is closed. Nothing of it is lost.`);
      }),
    ),
    owner.form(
      "/users/:id/open",
      withUser(user => {
        store.users.setActive(user.id, true);
        return redirect("/users", `The account of ${user.username} is open again.`);
      }),
    ),
    owner.form(
      "/users/:id/remove",
      withUser((user, { form }) => {
        if (form.text("username", 100) !== user.username) return userPage(user, "That is not the name.", 422);
        store.users.remove(user.id);
        return redirect("/users", `${user.username} is removed, with all that was theirs.`);
      }),
    ),
  ];
}

function userPage({ id, username, isActive }: User, error?: string, status = 200): Reply {
  const path = `/users/${id}`;
  const body = (
    <>
      <h2>A new password</h2>
      <p>For somebody who forgot theirs. They are signed out everywhere; their devices stay connected.</p>
      <ButtonForm action={`${path}/password`} kind="quiet">
        Make a new password
      </ButtonForm>
      <h2>{isActive ? "Close the account" : "Open the account"}</h2>
      {isActive ? (
        <p>Neither {username} nor their devices come in any more. Everything stays, and it can be opened again.</p>
      ) : (
        <p>{username} and their devices come in again.</p>
      )}
      <ButtonForm action={`${path}/${isActive ? "close" : "open"}`} kind="quiet">
        {isActive ? "Close the account" : "Open the account"}
      </ButtonForm>
      <h2>Remove {username}</h2>
      <p>Their places, sessions, highlights and devices are deleted. This cannot be undone.</p>
      <Form action={`${path}/remove`} error={error} class="card">
        <Field name="username" label={`Type “${username}” to confirm`} autocomplete="off" required />
        <Button kind="danger">Remove for ever</Button>
      </Form>
      <p>
        <a href="/users">Back to the users</a>
      </p>
    </>
  );
  return show(username, body, { status });
}
