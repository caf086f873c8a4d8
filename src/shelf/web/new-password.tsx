import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "../accounts/password-rules";
import type { Fields } from "./fields";
import { Field } from "./form";

/** The two fields in which a new password is chosen. */
export function NewPassword({ label = "Password" }: { readonly label?: string }) {
  const limits = { minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD, required: true };
  return (
    <>
      <Field
        name="new_password"
        label={label}
        hint={`At least ${SHORTEST_PASSWORD} characters; a few words do well.`}
        type="password"
        autocomplete="new-password"
        {...limits}
      />
      <Field
        name="new_password_again"
        label={`${label}, again`}
        type="password"
        autocomplete="new-password"
        {...limits}
      />
    </>
  );
}

type Chosen = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly why: string };

/** What was typed into them, when both say the same. */
export function newPasswordOf(form: Fields): Chosen {
  // One more than allowed, so that a longer one is noticed and not cut.
  const [value, again] = ["new_password", "new_password_again"].map(name => form.raw(name, LONGEST_PASSWORD + 1));
  return value !== undefined && value === again
    ? { ok: true, value }
    : { ok: false, why: "The two passwords differ. Type the same one twice." };
}
