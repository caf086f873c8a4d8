import type { Readable } from "node:stream";
import type { VNode } from "preact";
import type { User } from "../store/users";
import type { Visit } from "./visit";

/** Who may see a page: anybody, who is signed in, or who may also change users. */
export type Access = "anyone" | "reader" | "owner";

export interface Shown {
  readonly kind: "page";
  readonly title: string;
  readonly body: VNode;
  readonly status?: number;
  /** Loads the page again after some time, without a script. */
  readonly refreshSeconds?: number;
}

export interface FileBytes {
  readonly type: string;
  /** undefined: it is made while it is sent. */
  readonly length?: number | undefined;
  readonly stream: Readable;
}

/** What a page answers. */
export type Reply =
  | Shown
  /** After a form: the browser goes on to a page, which shows the sentence once. */
  | { readonly kind: "redirect"; readonly to: string; readonly flash?: string; readonly signIn?: string | "out" }
  | { readonly kind: "file"; readonly bytes: FileBytes; readonly headers?: Readonly<Record<string, string>> }
  /** Something else than what was asked for, in the reader's words. */
  | { readonly kind: "problem"; readonly status: number; readonly sentence: string };

/** One address of the web pages. `path` has parameters as `:name`. */
export interface Page {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly access: Access;
  readonly answer: (visit: Visit) => Reply | Promise<Reply>;
}

type Answer<Who> = (visit: Visit<Who>) => Reply | Promise<Reply>;

function forAccess<Who extends User | undefined>(access: Access) {
  // Who answers is only asked after the guard let the visitor in, so the visitor is a Who.
  const make = (method: Page["method"]) => (path: string, answer: Answer<Who>) =>
    ({ method, path, access, answer }) as unknown as Page;
  return { page: make("GET"), form: make("POST") };
}

/** Pages and forms for everybody. */
export const anyone = forAccess<User | undefined>("anyone");
/** Pages and forms for who is signed in; others are sent to the sign-in page. */
export const reader = forAccess<User>("reader");
/** Pages and forms for the owner and other administrators. */
export const owner = forAccess<User>("owner");

export function show(title: string, body: VNode, more: { status?: number; refreshSeconds?: number } = {}): Shown {
  return { kind: "page", title, body, ...more };
}

export function redirect(to: string, flash?: string): Reply {
  return { kind: "redirect", to, ...(flash === undefined ? {} : { flash }) };
}

/** @param sentence what is missing, and what to do about it */
export function missing(sentence: string): Reply {
  return { kind: "problem", status: 404, sentence };
}

export function problem(status: number, sentence: string): Reply {
  return { kind: "problem", status, sentence };
}
