import { intercept, type Fault } from "./fault";

/** A proxy that sends every PUT to another origin (http to https, say) with 307, which many clients do not follow. */
export function redirectPuts(origin: string): Fault {
  return intercept(
    ({ method }) => method === "PUT",
    ({ url }) => ({ status: 307, headers: { location: `${origin}${url}` } }),
  );
}
