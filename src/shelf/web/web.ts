import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { serveAssets } from "./assets";
import type { WebContext } from "./context";
import { refusal } from "./guard";
import type { Page } from "./page";
import { allPages } from "./pages";
import { problemPage } from "./problem";
import { sendReply } from "./send";
import { visitOf } from "./visit";

const LARGEST_FORM_BYTES = 64 * 1024;

/** Sends what the API answers to an address that it does not know. */
type SendFallback = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/**
 * Adds the pages for browsers beside the API. Who does not ask for HTML gets the API's answer at their addresses too:
 * clients of Tome must find there what they find at a Tome.
 */
export function addWeb(app: FastifyInstance, context: WebContext, sendFallback: SendFallback): void {
  void app.register((web, _options, done) => {
    takeForms(web);
    serveAssets(web);
    for (const page of allPages(context)) addPage(web, page, context, sendFallback);
    web.get("/*", (request, reply) =>
      isBrowser(request)
        ? sendReply(reply, visitOf(request, context), problemPage(404), context)
        : sendFallback(request, reply),
    );
    web.setErrorHandler((error, request, reply) =>
      sendReply(reply, visitOf(request, context), problemPage(statusOf(error, request)), context),
    );
    done();
  });
}

/** The API reads bodies as bytes; here they are forms. */
function takeForms(web: FastifyInstance): void {
  web.removeAllContentTypeParsers();
  web.addHook("onRequest", (request, _reply, done) => {
    if (request.sentType !== undefined) request.headers["content-type"] = request.sentType;
    done();
  });
  void web.register(cookie);
  void web.register(formbody, { bodyLimit: LARGEST_FORM_BYTES });
}

function addPage(web: FastifyInstance, page: Page, context: WebContext, sendFallback: SendFallback): void {
  web.route({
    method: page.method,
    url: page.path,
    bodyLimit: LARGEST_FORM_BYTES,
    handler: async (request, reply) => {
      if (page.method === "GET" && !isBrowser(request)) return sendFallback(request, reply);
      const visit = visitOf(request, context);
      return sendReply(reply, visit, refusal(page, visit, request, context) ?? (await page.answer(visit)), context);
    },
  });
}

function isBrowser({ headers, url }: FastifyRequest): boolean {
  return /\btext\/html\b|\bimage\//.test(headers.accept ?? "") && !url.startsWith("/api/");
}

function statusOf(error: unknown, request: FastifyRequest): number {
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode >= 500) request.log.error({ err: error }, "not expected");
  return statusCode;
}
