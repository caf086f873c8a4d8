import type { FastifyReply } from "fastify";
import { SESSION_SECONDS, newSessionId } from "../accounts/sign-in";
import { digestOf } from "../accounts/keys";
import type { WebContext } from "./context";
import type { Reply } from "./page";
import { problemPage } from "./problem";
import { render } from "./render";
import { SECURITY_HEADERS } from "./security-headers";
import { cookieName, type Visit } from "./visit";

/** Sends what a page answered, with the cookie and the headers that go with it. */
export function sendReply(reply: FastifyReply, visit: Visit, answer: Reply, { store }: WebContext): FastifyReply {
  reply.headers({ ...SECURITY_HEADERS, "cache-control": "no-store" });
  if (answer.kind === "redirect") {
    const cookie = cookieAfter(visit, answer.signIn);
    if (cookie !== undefined) setCookie(reply, visit, cookie, answer.signIn !== undefined && answer.signIn !== "out");
    if (answer.flash !== undefined) store.webSessions.leaveFlash(digestOf(cookie ?? visit.cookie), answer.flash);
    return reply.redirect(answer.to, 303);
  }
  if (answer.kind === "file") {
    const { type, length, stream } = answer.bytes;
    return reply
      .headers({ ...answer.headers, ...(length === undefined ? {} : { "content-length": String(length) }) })
      .type(type)
      .send(stream);
  }
  if (visit.isNew) setCookie(reply, visit, visit.cookie, false);
  const page = answer.kind === "problem" ? problemPage(answer.status, answer.sentence) : answer;
  const flash = visit.session && store.webSessions.takeFlash(visit.session.hash);
  return reply
    .code(page.status ?? 200)
    .type("text/html; charset=utf-8")
    .send(render(visit, page, flash));
}

/** A new value for the cookie whenever who is behind it changes, so that nobody can plant one beforehand. */
function cookieAfter(visit: Visit, signIn: string | undefined): string | undefined {
  if (signIn === undefined) return visit.isNew ? visit.cookie : undefined;
  return signIn === "out" ? newSessionId() : signIn;
}

/** @param stays whether the browser keeps it when it is closed */
function setCookie(reply: FastifyReply, { isSecure }: Visit, value: string, stays: boolean): void {
  void reply.setCookie(cookieName(isSecure), value, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure,
    ...(stays ? { maxAge: SESSION_SECONDS } : {}),
  });
}
