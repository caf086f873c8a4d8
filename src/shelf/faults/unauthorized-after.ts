import { refuse } from "../tome/answer";
import { intercept, isPluginRoute, type Fault } from "./fault";

/** A key that is revoked in the middle of the work: from then on every plugin route answers 401. */
export function unauthorizedAfter(calls: number): Fault {
  let left = calls;
  return intercept(isPluginRoute, (_incoming, proceed) => {
    left -= 1;
    return left < 0 ? refuse(401, "Invalid API key") : proceed();
  });
}
