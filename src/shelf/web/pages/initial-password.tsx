import { show, type Reply } from "../page";

/** The one time that the password is shown: the store only has its digest. */
export function newPasswordPage(username: string, password: string): Reply {
  const body = (
    <>
      <p>Tell {username} this password. It is shown only now, and has to be changed when it is first used:</p>
      <p class="big code">{password}</p>
      <p>
        <a class="button main" href="/users">
          Done
        </a>
      </p>
    </>
  );
  return show(`A password for ${username}`, body);
}
