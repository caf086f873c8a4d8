import { stripBlanks } from "../../core/http/text";
import type { Hashes } from "../../ports/hashes";
import type { Challenge } from "./challenges";

/** What a server wants a digest of (RFC 7616, 3.3), kept from one request to the next. */
export interface DigestTerms {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: DigestAlgorithm;
  /** False for a server of the old kind (RFC 2069), which counts nothing. */
  readonly hasQop: boolean;
  readonly opaque?: string;
}

const ALGORITHMS = ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess"] as const;
export type DigestAlgorithm = (typeof ALGORITHMS)[number];

/** A request, as far as its digest goes. */
export interface DigestRequest {
  readonly method: string;
  /** Path and query, as in the request's first line. */
  readonly target: string;
  /** Of the requests with this nonce, from 1. */
  readonly count: number;
  /** Something that nobody can foresee. */
  readonly clientNonce: string;
}

const hasAuth = (qop: string): boolean => qop.split(",").some(each => stripBlanks(each).toLowerCase() === "auth");

/** What can be answered of a challenge; nothing where it asks for what we do not do (`auth-int`, other algorithms). */
export function termsOf({ scheme, params }: Challenge): DigestTerms | undefined {
  const { realm = "", nonce, algorithm: said = "MD5", qop, opaque } = params;
  const algorithm = ALGORITHMS.find(each => each.toLowerCase() === said.toLowerCase());
  if (scheme !== "digest" || nonce === undefined || algorithm === undefined) return undefined;
  if (qop !== undefined && !hasAuth(qop)) return undefined;
  return { realm, nonce, algorithm, hasQop: qop !== undefined, ...(opaque === undefined ? {} : { opaque }) };
}

/** Of several, the one with the stronger hash. */
export function strongest(offers: readonly DigestTerms[]): DigestTerms | undefined {
  return offers.find(({ algorithm }) => algorithm.startsWith("SHA-256")) ?? offers[0];
}

const quoted = (text: string): string => `"${text.split("\\").join("\\\\").split('"').join('\\"')}"`;

/** Eight hex digits. */
export function nonceCount(count: number): string {
  let rest = count;
  let text = "";
  while (text.length < 8) {
    const high = Math.floor(rest / 16);
    text = "0123456789abcdef".charAt(rest - high * 16) + text;
    rest = high;
  }
  return text;
}

/** The value of `Authorization`. */
export function digestHeader(
  { realm, nonce, algorithm, hasQop, opaque }: DigestTerms,
  { user, password }: { readonly user: string; readonly password: string },
  { method, target, count, clientNonce }: DigestRequest,
  hashes: Hashes,
): string {
  const hash = (text: string): string => (algorithm.startsWith("MD5") ? hashes.md5(text) : hashes.sha256(text));
  const secret = hash(`${user}:${realm}:${password}`);
  const first = algorithm.endsWith("-sess") ? hash(`${secret}:${nonce}:${clientNonce}`) : secret;
  const counted = hasQop ? `${nonceCount(count)}:${clientNonce}:auth:` : "";
  const response = hash(`${first}:${nonce}:${counted}${hash(`${method}:${target}`)}`);
  const fields = [
    `username=${quoted(user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(target)}`,
    `algorithm=${algorithm}`,
    `response="${response}"`,
  ];
  if (hasQop || algorithm.endsWith("-sess")) fields.push(`cnonce="${clientNonce}"`);
  if (hasQop) fields.push("qop=auth", `nc=${nonceCount(count)}`);
  if (opaque !== undefined) fields.push(`opaque=${quoted(opaque)}`);
  return `Digest ${fields.join(", ")}`;
}
