import lfs = require("libs/libkoreader-lfs");

/** KOReader ships a bundle since v2026.07 (earlier where it built curl); the others are where Linux systems keep theirs. */
const BUNDLES = [
  "data/ca-bundle.crt",
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/cert.pem",
];

/** A file of certificate authorities. With none on the device every chain fails, and so it should. */
export function trustedRoots(): string {
  return BUNDLES.find(file => lfs.attributes(file, "mode") === "file") ?? BUNDLES[0] ?? "";
}
