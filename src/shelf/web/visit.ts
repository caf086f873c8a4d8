import type { FastifyRequest } from "fastify";
import { newSessionId, signedIn } from "../accounts/sign-in";
import type { User } from "../store/users";
import type { WebSession } from "../store/web-sessions";
import type { WebContext } from "./context";
import { tokenFor } from "./csrf";
import { Fields } from "./fields";

/** One request of a browser. */
export interface Visit<Who = User | undefined> {
  readonly who: Who;
  readonly session: WebSession | undefined;
  readonly params: Fields;
  readonly query: Fields;
  /** Empty unless a form was sent. */
  readonly form: Fields;
  /** Path and query. */
  readonly url: string;
  /** The address that the browser opened, without a path: `http://192.168.1.5:8080`. */
  readonly origin: string;
  readonly isSecure: boolean;
  /** The network address of the browser. */
  readonly address: string;
  /** What the browser calls itself. */
  readonly browser: string;
  /** What the cookie holds; of a new visitor what it is going to hold. */
  readonly cookie: string;
  readonly isNew: boolean;
  /** Goes into every form, and must come back with it. */
  readonly csrf: string;
}

/** The cookie's name. Over https the prefix keeps other hosts of the domain from setting it. */
export function cookieName(isSecure: boolean): string {
  return isSecure ? "__Host-shelf" : "shelf";
}

export function visitOf(request: FastifyRequest, { store, now, baseUrl }: WebContext): Visit {
  const isSecure = request.protocol === "https";
  const sent = request.cookies[cookieName(isSecure)];
  const isKnown = sent !== undefined && /^[\w-]{43}$/.test(sent);
  const cookie = isKnown ? sent : newSessionId();
  const found = isKnown ? signedIn(store, cookie, now()) : undefined;
  return {
    who: found?.user,
    session: found?.session,
    params: new Fields(request.params as object),
    query: new Fields(request.query as object),
    form: new Fields((request.body as object | undefined) ?? {}),
    url: request.url,
    origin: baseUrl ?? `${request.protocol}://${request.host}`,
    isSecure,
    address: request.ip,
    browser: request.headers["user-agent"] ?? "",
    cookie,
    isNew: !isKnown,
    csrf: tokenFor(cookie),
  };
}
