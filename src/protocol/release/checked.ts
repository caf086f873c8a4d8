import type { Failure } from "../../core/failure";
import { readRelease, type Release } from "../../core/release";
import { failure, type Result } from "../../core/result";

/** A release as an answer says it; `garbled` when it makes no sense. */
export function checked(body: unknown): Result<Release, Failure> {
  const release = readRelease(body);
  return release.ok ? release : failure({ reason: "garbled", detail: `release.json: ${release.failure}` });
}
