import type { FastifyRequest } from "fastify";
import { needsSetUp } from "../accounts/set-up";
import type { WebContext } from "./context";
import { CSRF_FIELD, isFromHere, isToken } from "./csrf";
import { problem, redirect, type Page, type Reply } from "./page";
import type { Visit } from "./visit";

const FOREIGN = "This form was sent from another address. Open Shelf itself and send the form from there.";
const STALE = "This form is out of date. Go back, load the page again and send it once more.";
const OWNERS_ONLY = "This page is for the owner of the library.";

/** Why a visitor does not get a page; undefined when they do. */
export function refusal(page: Page, visit: Visit, request: FastifyRequest, { store }: WebContext): Reply | undefined {
  if (page.method === "POST") {
    if (!isFromHere(request.headers, [request.host, visit.origin.replace(/^https?:\/\//, "")]))
      return problem(403, FOREIGN);
    if (!isToken(visit.form.raw(CSRF_FIELD, 100), visit.csrf)) return problem(403, STALE);
  }
  if (page.access === "anyone") return undefined;
  if (!visit.who) return redirect(needsSetUp(store) ? "/set-up" : signInPath(page, visit));
  if (visit.who.mustChangePassword && page.path !== "/account" && !page.path.startsWith("/account/"))
    return redirect("/account", "Choose a password of your own first.");
  return page.access === "owner" && visit.who.role !== "admin" ? problem(403, OWNERS_ONLY) : undefined;
}

/** After signing in the visitor goes on to the page they wanted. */
function signInPath({ method }: Page, { url }: Visit): string {
  return method === "GET" && url !== "/" ? `/sign-in?next=${encodeURIComponent(url)}` : "/sign-in";
}

/** A path on this server, as it came in with a request; "/" for anything else. */
export function localPath(sent: string): string {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(sent) ? sent : "/";
}
