import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from "fastify";
import pino, { type DestinationStream } from "pino";

export type Logger = FastifyBaseLogger;

export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * A log of JSON lines, to the error stream unless told otherwise. Up to `info` it holds no key, no password and no name of
 * a book: routes stand in it by their pattern, and of an error what is quoted in it is left out. `debug` adds addresses
 * as they were asked for, which name books; never a key.
 */
export function makeLog(level: LogLevel, destination: DestinationStream = pino.destination(2)): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: withoutQuotes } };
  return pino({ ...options, formatters: { level: label => ({ level: label }) } }, destination);
}

/** One line for each answer. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? "unknown";
  const facts = { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
  request.log.info({ ...facts, from: request.ip }, "answered");
  request.log.debug({ url: request.url }, "asked for");
}

/** Messages quote paths, and paths name books; the first line of a stack repeats the message. */
function withoutQuotes(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = (error as { code?: unknown }).code;
  const frames = (error.stack ?? "").split("\n").filter(line => /^\s+at /.test(line));
  const message = error.message.replace(/(['"“`]).*(['"”`])/gs, "$1…$2");
  return { type: error.name, message, ...(typeof code === "string" ? { code } : {}), stack: frames.join("\n") };
}
