import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Fallback } from "./tome/fallback";
import { fault, refuse, type Answer } from "./tome/answer";
import type { Endpoint } from "./tome/endpoint";
import { addWeb } from "./web/web";
import type { WebContext } from "./web/context";

/** Tome 2.3 takes 8 MiB and has no limit of its own; Shelf has one. */
const LARGEST_BODY_BYTES = 16 * 1024 * 1024;
/** An e-reader on a weak radio is slow, but who sends nothing must not hold a connection for ever. */
const LONGEST_REQUEST_MS = 120_000;
/** As much as the server under Tome 2.3 takes in a request's line and headers. */
const LARGEST_HEAD_BYTES = 64 * 1024;

declare module "fastify" {
  interface FastifyRequest {
    /** The content type as it was sent. */
    sentType: string | undefined;
  }
}

/** An HTTP server for some routes and, when asked for, the pages; whatever else is asked goes to the fallback. */
export function makeServer(endpoints: readonly Endpoint[], fallback: Fallback, web?: WebContext): FastifyInstance {
  const app = fastify({
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: LONGEST_REQUEST_MS,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    http: { maxHeaderSize: LARGEST_HEAD_BYTES },
    // An address with a broken escape belongs to no route.
    frameworkErrors: (_error, request, reply) => void send(reply, fallback(request)),
    routerOptions: {
      maxParamLength: LARGEST_HEAD_BYTES,
      querystringParser: query => Object.fromEntries(new URLSearchParams(query)),
    },
  });
  takeBodiesAsBytes(app);
  for (const each of endpoints) addRoute(app, each, fallback);
  const sendFallback = (request: FastifyRequest, reply: FastifyReply) => send(reply, fallback(request));
  if (web) addWeb(app, web, sendFallback);
  app.setNotFoundHandler(sendFallback);
  app.setErrorHandler((error, _request, reply) => send(reply, answerToError(error)));
  return app;
}

/** The routes read bodies themselves, so the media type is hidden from Fastify, which would refuse those it cannot parse. */
function takeBodiesAsBytes(app: FastifyInstance): void {
  app.decorateRequest("sentType", undefined);
  app.addHook("onRequest", (request, _reply, done) => {
    request.sentType = request.headers["content-type"];
    delete request.headers["content-type"];
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
}

function addRoute(app: FastifyInstance, { method, path, answer }: Endpoint, fallback: Fallback): void {
  app.route({
    method,
    url: path,
    handler: async (request, reply) => {
      const params = request.params as Record<string, string>;
      // To Tome 2.3 an encoded slash parts a path like a plain one, and no part is empty: this is another path.
      if (Object.values(params).some(value => value === "" || value.includes("/")))
        return send(reply, fallback(request));
      return send(
        reply,
        await answer({
          method,
          params,
          query: request.query as Record<string, string>,
          url: request.url,
          headers: request.headers,
          authorization: request.headers.authorization,
          contentType: request.sentType,
          body: request.body as Uint8Array | undefined,
        }),
      );
    },
  });
}

function answerToError(error: unknown): Answer {
  const { statusCode = 500, message } = error as { statusCode?: number; message?: string };
  if (statusCode < 500) return refuse(statusCode, message);
  console.error(error);
  return fault;
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status).headers(answer.headers ?? {});
  if (answer.bytes) {
    const { type, length, stream } = answer.bytes;
    return reply.type(type).header("content-length", length).send(stream);
  }
  if (answer.text) return reply.type(answer.text.type).send(answer.text.content);
  // Past Fastify, which takes the type off an answer without content. Tome 2.3 has it there.
  reply.raw.setHeader("content-type", "application/json");
  if (answer.body === undefined) return reply.send();
  return reply.type("application/json").send(JSON.stringify(answer.body));
}
