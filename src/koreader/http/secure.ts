import type { Failure } from "../../core/failure";
import { chainFailure, isFor, plainFingerprint, wrongNameFailure } from "../../core/http/certificate";
import type { Deadline } from "../../core/http/deadlines";
import { failure, type Result, success } from "../../core/result";
import type { EpochSeconds } from "../../core/units";
import type { HttpTrust } from "../../ports/http";
import { type ChainCheck, chainProblems, namesOf, type Secured, shakeHands, type TlsContexts } from "./handshake";
import type { Stream } from "./stream";

/** Where a TLS connection begins: with a connected socket, which may come through a proxy's tunnel. */
type Dial = () => Result<LuaSocket.Client, Failure>;

/** What is known about trust on this device. */
export interface TrustBase {
  readonly contexts: TlsContexts;
  /** A file of certificate authorities, if the device has any. */
  roots(): string | undefined;
  now(): EpochSeconds;
}

const NO_ROOTS: Failure = {
  reason: "tls",
  detail: "no list of certificate authorities on this device",
  certificate: "roots",
};
const NO_CERTIFICATE: Failure = { reason: "tls", detail: "the server showed no certificate" };

/** TLS connections on which nothing is sent before the server has proved who it is. */
export class Gate {
  constructor(private readonly base: TrustBase) {}

  /** A connection to a server that proved to be `host`, or to be the one that the reader pinned. */
  open(dial: Dial, host: string, trust: HttpTrust | undefined, deadline: Deadline): Result<Stream, Failure> {
    const { pin } = trust ?? {};
    const secured = this.shake(dial, host, pin === undefined ? "refuse" : "ignore", deadline);
    if (!secured.ok) return isChainProblem(secured.failure) ? failure(this.explain(dial, host, deadline)) : secured;
    const problem = pin === undefined ? wrongServer(secured.value, host) : wrongPin(secured.value, pin);
    if (problem === undefined) return success(secured.value.stream);
    secured.value.stream.close();
    return failure(problem);
  }

  private shake(dial: Dial, host: string, check: ChainCheck, deadline: Deadline): Result<Secured, Failure> {
    const roots = check === "ignore" ? undefined : this.base.roots();
    if (roots === undefined && check !== "ignore") return failure(NO_ROOTS);
    const context = this.base.contexts.get(check, roots);
    if (!context.ok) return context;
    const client = dial();
    return client.ok ? shakeHands(client.value, host, context.value, deadline) : client;
  }

  /**
   * A handshake that the library refused says only that the chain failed. A second one, which nothing is ever sent on, goes
   * on in spite of it to tell why and to fetch the fingerprint. It decides nothing: what a library reports about a chain
   * that it was told to accept differs between OpenSSL and LibreSSL.
   */
  private explain(dial: Dial, host: string, deadline: Deadline): Failure {
    const secured = this.shake(dial, host, "look", deadline);
    if (!secured.ok)
      return { reason: "tls", detail: `certificate verify failed; then ${secured.failure.detail ?? ""}` };
    const { stream, tls } = secured.value;
    const problems = chainProblems(tls);
    const fingerprint = tls.getpeercertificate()?.digest("sha256");
    stream.close();
    const known = problems.length > 0 ? problems : ["certificate verify failed"];
    return chainFailure(known, fingerprint, this.base.now());
  }
}

const isChainProblem = ({ reason, detail }: Failure): boolean =>
  reason === "tls" && detail?.includes("certificate verify failed") === true;

/** LuaSec checks the chain and not the name. */
function wrongServer({ tls }: Secured, host: string): Failure | undefined {
  const certificate = tls.getpeercertificate();
  const [isTrusted] = tls.getpeerverification();
  if (certificate === undefined || !isTrusted) return NO_CERTIFICATE;
  const names = namesOf(certificate);
  return isFor(host, names) ? undefined : wrongNameFailure(host, names, certificate.digest("sha256"));
}

function wrongPin({ tls }: Secured, pin: string): Failure | undefined {
  const fingerprint = tls.getpeercertificate()?.digest("sha256");
  if (fingerprint === undefined) return NO_CERTIFICATE;
  if (fingerprint.toLowerCase() === plainFingerprint(pin)) return undefined;
  const pinned = plainFingerprint(pin);
  return { reason: "tls", detail: "certificate changed", certificate: "changed", fingerprint, pinned };
}
