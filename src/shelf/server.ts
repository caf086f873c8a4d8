import fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { LARGEST_HEAD_BYTES, makeListener, type Patience } from "./operation/listener";
import { logAnswer, type Logger } from "./operation/log";
import type { TlsPair } from "./operation/tls";
import type { Fallback } from "./tome/fallback";
import { fault, refuse, type Answer } from "./tome/answer";
import type { Endpoint } from "./tome/endpoint";
import { addWeb } from "./web/web";
import type { WebContext } from "./web/context";

/** Tome 2.3 takes 8 MiB and has no limit of its own; Shelf has one. */
const LARGEST_BODY_BYTES = 16 * 1024 * 1024;

declare module "fastify" {
  interface FastifyRequest {
    /** The content type as it was sent. */
    sentType: string | undefined;
  }
}

/** A route as the server knows it: parameters are `:name`, `*` stands for the rest. */
export interface KnownRoute {
  readonly method: string;
  readonly path: string;
}

/** How the server stands in the network. */
export interface Exposure {
  readonly log: Logger;
  readonly tls: TlsPair | undefined;
  /** Whose forwarded headers are believed: addresses, nets (`10.0.0.0/8`) or `loopback`. */
  readonly trustedProxies: readonly string[];
  /** The address that readers use, when it cannot be seen from a request. */
  readonly baseUrl: string | undefined;
  readonly patience: Patience;
  /** Filled with every route that is added, for tests that ask each one. */
  readonly routes: KnownRoute[];
}

/** An HTTP server for some routes and, when asked for, the pages; whatever else is asked goes to the fallback. */
export function makeServer(
  endpoints: readonly Endpoint[],
  fallback: Fallback,
  exposure: Exposure,
  web?: WebContext,
): FastifyInstance {
  const originOf = ({ protocol, host }: FastifyRequest) => exposure.baseUrl ?? `${protocol}://${host}`;
  const decline: Decline = (request, reply) => {
    const { method, url, headers } = request;
    return send(reply, fallback({ method, url, headers, origin: originOf(request) }));
  };
  const app = fastify({
    bodyLimit: LARGEST_BODY_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    loggerInstance: exposure.log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: exposure.trustedProxies.length > 0 && [...exposure.trustedProxies],
    serverFactory: handler => makeListener(handler, exposure.tls, exposure.patience),
    // An address with a broken escape belongs to no route.
    frameworkErrors: (_error, request, reply) => logAnswer(request, decline(request, reply)),
    routerOptions: {
      maxParamLength: LARGEST_HEAD_BYTES,
      querystringParser: query => Object.fromEntries(new URLSearchParams(query)),
    },
  });
  app.addHook("onRoute", ({ method, url }) => {
    for (const each of [method].flat()) exposure.routes.push({ method: each, path: url });
  });
  app.addHook("onResponse", (request, reply, done) => {
    logAnswer(request, reply);
    done();
  });
  takeBodiesAsBytes(app);
  for (const each of endpoints) addRoute(app, each, decline, originOf);
  if (web) addWeb(app, web, decline);
  app.setNotFoundHandler(decline);
  app.setErrorHandler((error, request, reply) => send(reply, answerToError(error, request)));
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

type Decline = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;
type OriginOf = (request: FastifyRequest) => string;

function addRoute(
  app: FastifyInstance,
  { method, path, answer }: Endpoint,
  decline: Decline,
  originOf: OriginOf,
): void {
  app.route({
    method,
    url: path,
    handler: async (request, reply) => {
      const params = request.params as Record<string, string>;
      // To Tome 2.3 an encoded slash parts a path like a plain one, and no part is empty: this is another path.
      if (Object.values(params).some(value => value === "" || value.includes("/"))) return decline(request, reply);
      return send(
        reply,
        await answer({
          method,
          params,
          query: request.query as Record<string, string>,
          url: request.url,
          origin: originOf(request),
          from: request.ip,
          headers: request.headers,
          authorization: request.headers.authorization,
          contentType: request.sentType,
          body: request.body as Uint8Array | undefined,
        }),
      );
    },
  });
}

function answerToError(error: unknown, request: FastifyRequest): Answer {
  const { statusCode = 500, message } = error as { statusCode?: number; message?: string };
  if (statusCode < 500 || statusCode === 503) return refuse(statusCode, message);
  request.log.error({ err: error }, "not expected");
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
