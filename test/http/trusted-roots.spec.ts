import lfs = require("lfs");
import { describe, equal, it, ok } from "../support/spec";

type TrustedRoots = typeof import("../../src/koreader/http/trusted-roots");

const packages = (_G as unknown as { package: { preload: Record<string, unknown>; loaded: Record<string, unknown> } })
  .package;

/** The lookup on a device that has these files and no other. */
function rootsAmong(has: (path: string) => boolean): string | undefined {
  const name = "src.koreader.http.trusted-roots";
  packages.loaded["libs/libkoreader-lfs"] = { attributes: (path: string) => (has(path) ? "file" : undefined) };
  packages.loaded[name] = undefined;
  const { trustedRoots } = require(name) as TrustedRoots;
  return trustedRoots();
}

describe("certificate authorities", () => {
  it("are KOReader's own before the system's", () => {
    equal(
      rootsAmong(() => true),
      "data/ca-bundle.crt",
    );
    equal(
      rootsAmong(path => path !== "data/ca-bundle.crt"),
      "/etc/ssl/certs/ca-certificates.crt",
    );
  });

  it("are those beside the plugin where there are no others", () => {
    const found = rootsAmong(path => path.endsWith("/roots.pem"));
    ok(found?.endsWith("src/koreader/http/roots.pem") === true, found);
  });

  it("may be missing", () => {
    equal(
      rootsAmong(() => false),
      undefined,
    );
  });

  it("are found on this machine", () => {
    const found = rootsAmong(path => lfs.attributes(path, "mode") === "file");
    ok(found !== undefined && found.startsWith("/etc/"), found);
  });
});
