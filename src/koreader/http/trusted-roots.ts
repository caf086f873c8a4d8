import lfs = require("libs/libkoreader-lfs");

/**
 * Files of certificate authorities, the first that exists counts. KOReader ships one since v2026.07 (earlier where it built
 * curl). Android keeps its own in a folder, under names that today's OpenSSL does not find; so it needs ours.
 */
const BUNDLES = [
  "data/ca-bundle.crt",
  // Debian and Ubuntu, Fedora, old RHEL, openSUSE.
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  // Alpine, OpenBSD and macOS; then FreeBSD.
  "/etc/ssl/cert.pem",
  "/usr/local/etc/ssl/cert.pem",
  "/usr/local/share/certs/ca-root-nss.crt",
  // Homebrew's and MacPorts' OpenSSL.
  "/opt/homebrew/etc/openssl@3/cert.pem",
  "/opt/local/share/curl/curl-ca-bundle.crt",
];

/** The folder of the file that this stands in, which the build puts beside `roots.pem`. */
function ownFolder(): string {
  const [folder] = string.match(debug.getinfo(1, "S")?.source ?? "", "^@(.*/)");
  return folder ?? "./";
}

const isFile = (path: string): boolean => lfs.attributes(path, "mode") === "file";

/** A file of certificate authorities; without any no chain is trusted, and so it should be. */
export function trustedRoots(): string | undefined {
  return BUNDLES.concat(`${ownFolder()}roots.pem`).find(file => isFile(file));
}
