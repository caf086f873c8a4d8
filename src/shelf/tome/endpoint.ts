import type { IncomingHttpHeaders } from "node:http";
import { fault, refuse, type Answer } from "./answer";
import { missing, object, readAll, UNSTORABLE, type Fields, type Issue, type Reading, type Values } from "./fields";
import { readBody } from "./json-body";

/** A request before anything was checked. */
export interface Incoming {
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Path and query as they were sent. */
  readonly url: string;
  /** The address under which the reader asked, as far as it can be known: `https://books.example.org`. */
  readonly origin: string;
  /** Who asks: an IP address. */
  readonly from: string;
  readonly headers: IncomingHttpHeaders;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Uint8Array | undefined;
}

export type Admission<Who> =
  | { readonly kind: "admitted"; readonly who: Who }
  | { readonly kind: "refused"; readonly answer: Answer }
  /** A header is missing: reported together with whatever else is wrong. */
  | { readonly kind: "incomplete"; readonly issues: readonly Issue[] };

/** Decides who is asking. */
export type Guard<Who> = (incoming: Incoming) => Admission<Who> | Promise<Admission<Who>>;

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** One route of the API. `path` has parameters as `:name`. */
export interface Endpoint {
  readonly method: Method;
  readonly path: string;
  readonly answer: (incoming: Incoming) => Promise<Answer>;
}

interface Definition<Who, P extends Fields, Q extends Fields, B extends Fields> {
  readonly method: Method;
  readonly path: string;
  readonly guard: Guard<Who>;
  readonly params?: P;
  readonly query?: Q;
  /** The fields of a JSON object; without them the body is not looked at. */
  readonly body?: B;
  readonly handle: (call: Call<Who, NoInfer<P>, NoInfer<Q>, NoInfer<B>>) => Answer | Promise<Answer>;
}

export interface Call<Who, P extends Fields, Q extends Fields, B extends Fields> {
  readonly who: Who;
  readonly params: Values<P>;
  readonly query: Values<Q>;
  readonly body: Values<B>;
  readonly headers: IncomingHttpHeaders;
  /** Who asks: an IP address. */
  readonly from: string;
}

type None = Record<never, never>;

export const anybody: Guard<undefined> = () => ({ kind: "admitted", who: undefined });

/**
 * Makes a route that checks in the order of FastAPI, on which Tome 2.3 stands: first that the body is readable, then who
 * asks, then path, query and body together.
 */
export function endpoint<Who, P extends Fields = None, Q extends Fields = None, B extends Fields = None>(
  definition: Definition<Who, P, Q, B>,
): Endpoint {
  const { method, path, guard, handle } = definition;
  return {
    method,
    path,
    answer: async incoming => {
      const body = definition.body === undefined ? undefined : readBody(incoming.body, incoming.contentType);
      if (body?.kind === "unreadable") return refuse(400, "There was an error parsing the body");
      if (body?.kind === "broken") return invalid([brokenJson(body.at, body.why)]);
      const admission = await guard(incoming);
      if (admission.kind === "refused") return admission.answer;
      const params = readAll(definition.params ?? ({} as P), incoming.params, "path");
      const query = readAll(definition.query ?? ({} as Q), incoming.query, "query");
      const fields = readObject(definition.body ?? ({} as B), body?.kind === "value" ? body.value : undefined, body);
      if (admission.kind === "admitted" && params.ok && query.ok && fields.ok) {
        const { headers, from } = incoming;
        const values = { params: params.value, query: query.value, body: fields.value };
        return handle({ who: admission.who, ...values, headers, from });
      }
      const guardIssues = admission.kind === "incomplete" ? admission.issues : [];
      return invalid([...guardIssues, ...issuesOf(params), ...issuesOf(query), ...issuesOf(fields)]);
    },
  };
}

function readObject<B extends Fields>(fields: B, value: unknown, body: object | undefined): Reading<Values<B>> {
  if (body === undefined) return readAll(fields, {}, "body");
  if (value === undefined) return missing(["body"], null);
  return object(fields).read(value, ["body"], undefined);
}

function issuesOf(reading: Reading<unknown>): readonly Issue[] {
  return reading.ok ? [] : reading.issues;
}

function invalid(issues: readonly Issue[]): Answer {
  const visible = issues.filter(issue => issue.type !== UNSTORABLE);
  return visible.length === 0 ? fault : refuse(422, visible.map(showable));
}

/** An answer repeats what was sent, unless that is nested too deeply to be written. */
function showable(issue: Issue): Issue {
  try {
    JSON.stringify(issue.input);
    return issue;
  } catch {
    return { ...issue, input: null };
  }
}

function brokenJson(at: number, why: string): Issue & { ctx: object } {
  return { type: "json_invalid", loc: ["body", at], msg: "JSON decode error", input: {}, ctx: { error: why } };
}
