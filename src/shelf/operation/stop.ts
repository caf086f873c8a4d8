import type { Server } from "node:http";
import type { FastifyInstance } from "fastify";

const LOOK_EVERY_MS = 20;

/** Counts the requests of a server that are not answered yet. */
export function countRunning(server: Server): () => number {
  let running = 0;
  server.on("request", (_request, response) => {
    running += 1;
    response.once("close", () => (running -= 1));
  });
  return () => running;
}

/** Takes no more requests, finishes those that run for as long as `graceMs`, then cuts off what is left. */
export async function stopServer(app: FastifyInstance, running: () => number, graceMs: number): Promise<void> {
  const { server } = app;
  const end = setTimeout(() => void server.closeAllConnections(), graceMs);
  // Node waits for connections on which nothing was asked yet; browsers keep some of these in store.
  const look = setInterval(() => {
    if (running() === 0) server.closeAllConnections();
    else server.closeIdleConnections();
  }, LOOK_EVERY_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(end);
    clearInterval(look);
  }
}
