import ssl = require("ssl");
import type { Failure } from "../../core/failure";
import type { CertificateNames } from "../../core/http/certificate";
import type { Deadline } from "../../core/http/deadlines";
import { parseIp } from "../../core/http/ip-address";
import { handshakeFailure, tooLate } from "../../core/http/problems";
import { failure, type Result, success } from "../../core/result";
import { Stream, TOO_LATE, whyNot } from "./stream";

/**
 * What a handshake does with the chain: `refuse` ends it when the chain is not trusted, `look` goes on and remembers why,
 * `ignore` does not look.
 */
export type ChainCheck = "refuse" | "look" | "ignore";

/** A TLS connection, and the socket that does the work. */
export interface Secured {
  readonly stream: Stream;
  readonly tls: LuaSocket.SslClient;
}

const CHECKS: Readonly<Record<ChainCheck, Pick<LuaSocket.SslOptions, "verify" | "verifyext">>> = {
  refuse: { verify: "peer" },
  look: { verify: "peer", verifyext: ["lsec_continue"] },
  ignore: { verify: "none" },
};

/** Reading a hundred authorities takes an e-reader a while: once is enough. */
export class TlsContexts {
  private readonly known = new Map<string, LuaSocket.SslContext>();

  /** @param roots a file of authorities; nothing when the chain is ignored */
  get(check: ChainCheck, roots: string | undefined): Result<LuaSocket.SslContext, Failure> {
    const key = `${check} ${roots ?? ""}`;
    const known = this.known.get(key);
    if (known !== undefined) return success(known);
    const [made, problem] = ssl.newcontext({
      mode: "client",
      protocol: "any",
      options: ["all", "no_sslv2", "no_sslv3", "no_tlsv1", "no_tlsv1_1"],
      ...CHECKS[check],
      ...(roots !== undefined ? { cafile: roots } : {}),
    });
    if (made === undefined) return failure({ reason: "tls", detail: problem });
    this.known.set(key, made);
    return success(made);
  }
}

/** Speaks TLS on a connected socket. When it fails the socket is closed. */
export function shakeHands(
  client: LuaSocket.Client,
  host: string,
  context: LuaSocket.SslContext,
  deadline: Deadline,
): Result<Secured, Failure> {
  const [tls, problem] = ssl.wrap(client, context);
  if (tls === undefined) {
    client.close();
    return failure({ reason: "tls", detail: problem });
  }
  // A server name is a name, never an address (RFC 6066, 3).
  if (parseIp(host) === undefined) tls.sni(host);
  const stream = new Stream(tls);
  const stopped = finish(tls, stream, deadline);
  if (stopped === undefined) return success({ stream, tls });
  stream.close();
  return failure(stopped === TOO_LATE ? tooLate(deadline) : handshakeFailure(stopped));
}

/** @returns what prevented it */
function finish(tls: LuaSocket.SslClient, stream: Stream, deadline: Deadline): string | undefined {
  let stuck: string;
  do {
    const [done, problem] = tls.dohandshake();
    if (done) return undefined;
    stuck = problem;
  } while (stream.waitFor(stuck, "read", deadline));
  return whyNot(stuck);
}

/** The certificate's subjectAltName (2.5.29.17). */
export function namesOf(certificate: LuaSocket.Certificate): CertificateNames {
  const names = certificate.extensions()["2.5.29.17"];
  return { dns: names?.dNSName ?? [], ip: names?.iPAddress ?? [] };
}

/** A chain has a few certificates; LuaSec stops at nine unless told otherwise. */
const DEEPEST = 10;

/** What is wrong with the chain of a handshake that went on regardless. */
export function chainProblems(tls: LuaSocket.SslClient): string[] {
  const [isTrusted, found] = tls.getpeerverification();
  if (isTrusted) return [];
  if (typeof found === "string") return [found];
  const problems: string[] = [];
  for (const depth of $range(0, DEEPEST)) problems.push(...(found[depth] ?? []));
  return Array.from(new Set(problems));
}
