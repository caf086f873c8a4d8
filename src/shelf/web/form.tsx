import type { ComponentChildren } from "preact";
import { CSRF_FIELD } from "./csrf";
import { useVisit } from "./visit-context";

interface FormProps {
  /** The path of a `form` among the pages. */
  readonly action: string;
  /** What is wrong with what was sent before. */
  readonly error?: string | undefined;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A form that changes something. It carries the token without which nothing is changed. */
export function Form({ action, error, class: className, children }: FormProps) {
  return (
    <form method="post" action={action} class={className}>
      <input type="hidden" name={CSRF_FIELD} value={useVisit().csrf} />
      {error !== undefined && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      {children}
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** One sentence below the label. */
  readonly hint?: ComponentChildren;
  readonly type?: "text" | "password" | "search" | "number";
  readonly value?: string;
  /** What the browser may fill in. */
  readonly autocomplete?: string;
  readonly autocapitalize?: "none" | "characters";
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** One line to fill in, with its label. */
export function Field({ name, label, hint, type = "text", ...more }: FieldProps) {
  // Preact's types tell inputs apart by `type` and have none for a choice of several: hence the cast below.
  const hintId = hint === undefined ? undefined : `${name}-hint`;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
      <input id={name} name={name} type={type as "text"} aria-describedby={hintId} spellcheck={false} {...more} />
    </div>
  );
}

interface ButtonProps {
  readonly children: ComponentChildren;
  /** What the button says to who cannot see what stands beside it. */
  readonly label?: string;
  readonly kind?: "main" | "quiet" | "danger";
}

export function Button({ children, label, kind = "main" }: ButtonProps) {
  return (
    <button type="submit" class={`button ${kind}`} aria-label={label}>
      {children}
    </button>
  );
}

/** A form that is only a button. */
export function ButtonForm({ action, ...button }: ButtonProps & { readonly action: string }) {
  return (
    <Form action={action} class="inline">
      <Button {...button} />
    </Form>
  );
}
