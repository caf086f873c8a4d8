import type { Answer } from "../tome/answer";
import type { Endpoint, Incoming } from "../tome/endpoint";

/** Something that goes wrong: it changes a route, or takes it away. */
export type Fault = (endpoint: Endpoint) => Endpoint | undefined;

/** Answers in the place of a route, which `proceed` asks. */
export type Interceptor = (incoming: Incoming, proceed: () => Promise<Answer>) => Answer | Promise<Answer>;

/** A fault of the routes that a condition picks. */
export function intercept(isMeant: (endpoint: Endpoint) => boolean, interceptor: Interceptor): Fault {
  return endpoint => {
    if (!isMeant(endpoint)) return endpoint;
    return { ...endpoint, answer: async incoming => interceptor(incoming, () => endpoint.answer(incoming)) };
  };
}

export function isDownload({ path }: Endpoint): boolean {
  return path.startsWith("/api/tome-sync/download/");
}

/** Whether a route wants a plugin key. */
export function isPluginRoute({ path }: Endpoint): boolean {
  return path.startsWith("/api/tome-sync/");
}
