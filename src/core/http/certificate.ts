import type { Failure } from "../failure";
import type { EpochSeconds } from "../units";
import { isSameIp, parseIp } from "./ip-address";
import { cut } from "./text";

/** The names that a certificate is for: its subjectAltName. The common name has not counted since RFC 6125 and browsers of 2017. */
export interface CertificateNames {
  readonly dns: readonly string[];
  readonly ip: readonly string[];
}

/** Before this no device that runs Ribbon was set right: 2024-01-01. */
const CLOCK_IS_WRONG_BEFORE = 1_704_067_200;
/** OpenSSL and LibreSSL agree on these texts. */
const DATE_PROBLEMS = ["not yet valid", "has expired"];
/** No authority that we know stands behind it: OpenSSL 3 writes `self-signed`, LibreSSL and OpenSSL 1 `self signed`. */
const UNKNOWN_ISSUER = ["self-signed", "self signed", "unable to get local issuer", "unable to verify the first"];

const withoutLastDot = (name: string): string => (name.endsWith(".") ? name.slice(0, name.length - 1) : name);

/** `*` stands for one whole label, the first, and never right below a top-level domain. */
function matchesName(host: string, pattern: string): boolean {
  if (pattern === host) return true;
  const [first, parent] = cut(pattern, ".");
  if (first !== "*" || parent === undefined || !parent.includes(".") || parent.includes("*")) return false;
  const [label, rest] = cut(host, ".");
  return label !== "" && rest === parent;
}

/** Whether a certificate is for this host (RFC 6125, 6.4): an address is compared with addresses only, a name with names. */
export function isFor(host: string, { dns, ip }: CertificateNames): boolean {
  if (parseIp(host) !== undefined) return ip.some(address => isSameIp(address, host));
  const name = withoutLastDot(host.toLowerCase());
  return name !== "" && dns.some(pattern => matchesName(name, withoutLastDot(pattern.toLowerCase())));
}

/** The chain is good, but it is the chain of somebody else; or the reader calls a server of his own by another name. */
export function wrongNameFailure(host: string, { dns, ip }: CertificateNames, fingerprint?: string): Failure {
  const names = dns.concat(ip).slice(0, 3).join(", ");
  const detail = `the certificate is for ${names === "" ? "no name" : names}, not for ${host}`;
  return { reason: "tls", detail, certificate: "name", ...(fingerprint === undefined ? {} : { fingerprint }) };
}

const mentions = (problems: readonly string[], texts: readonly string[]): boolean =>
  problems.some(problem => texts.some(text => problem.includes(text)));

/**
 * Why a chain is not trusted. A device whose clock stands in 1970 finds every certificate too young, and only the reader
 * can tell; a certificate without a known issuer may be the reader's own, so its fingerprint goes along.
 * @param problems as the TLS library words them, at least one
 */
export function chainFailure(problems: readonly string[], fingerprint: string | undefined, now: EpochSeconds): Failure {
  const detail = problems.join("; ");
  if (now < CLOCK_IS_WRONG_BEFORE && mentions(problems, DATE_PROBLEMS)) return { reason: "clock", detail };
  if (mentions(problems, UNKNOWN_ISSUER)) {
    return { reason: "tls", detail, certificate: "issuer", ...(fingerprint === undefined ? {} : { fingerprint }) };
  }
  return { reason: "tls", detail, ...(mentions(problems, DATE_PROBLEMS) ? { certificate: "date" } : {}) };
}

/** Hex as people copy it, `AB:CD …`, to `abcd…`. */
export function plainFingerprint(text: string): string {
  return text.toLowerCase().split(":").join("").split(" ").join("");
}
