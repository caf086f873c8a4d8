import type { Failure } from "../../core/failure";
import { failure, type Result, success } from "../../core/result";
import type { WebDavVerbs } from "./webdav-verbs";

function checkFolder(verbs: WebDavVerbs, url: string): Result<true, Failure> {
  const found = verbs.look(url);
  if (!found.ok) return found;
  return found.value.isFolder ? success(true) : failure({ reason: "unsupported", detail: "not a folder", at: url });
}

/**
 * Makes the last of these folders, and those above it that are missing. The first is the server's own to make: it is only
 * looked at.
 * @param urls from the account's address downwards, each with the slash at its end that nginx insists on
 */
export function makeFolders(verbs: WebDavVerbs, urls: readonly string[]): Result<true, Failure> {
  const url = urls[urls.length - 1] ?? "";
  if (urls.length <= 1) return checkFolder(verbs, url);
  const made = verbs.send({ method: "MKCOL", url, headers: {} }, [201, 409]);
  if (made.ok && made.value.status === 409) {
    const above = makeFolders(verbs, urls.slice(0, urls.length - 1));
    if (!above.ok) return above;
    const second = verbs.send({ method: "MKCOL", url, headers: {} }, [201]);
    return second.ok ? success(true) : second;
  }
  if (made.ok) return success(true);
  // 405 and a redirect are what servers say of one that exists; an answer that was lost says nothing.
  const found = checkFolder(verbs, url);
  return found.ok ? found : failure(made.failure.reason === "unsupported" ? found.failure : made.failure);
}
