import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { AUTHORITIES, rootsPem } from "../../scripts/roots.mjs";
import { tempDir } from "../support/node/temp-dir";

const PLUGIN = "koplugin/ribbon.koplugin";
const shipped = (): string => fs.readFileSync(path.join(PLUGIN, "roots.pem"), "utf8");
const certificates = (pem: string): string[] =>
  pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

describe("the list of certificate authorities that goes along", () => {
  it("is Mozilla's, whole, and each of them can be read", () => {
    const found = certificates(shipped());
    expect(found).toHaveLength(fs.readdirSync(AUTHORITIES).filter(file => file.endsWith(".crt")).length);
    expect(found.length).toBeGreaterThan(100);
    for (const one of found) expect(new X509Certificate(one).ca).toBe(true);
  });

  it("says under which licence it stands", () => {
    expect(fs.readFileSync(path.join(PLUGIN, "NOTICE"), "utf8")).toContain("Mozilla Public License, v. 2.0");
  });

  it("is taken by the TLS library of a device", () => {
    const script = `local context = require("ssl").newcontext { mode = "client", protocol = "any", verify = "peer",
      cafile = "${PLUGIN}/roots.pem" } print(context ~= nil)`;
    expect(spawnSync("luajit", ["-e", script], { encoding: "utf8" }).stdout).toBe("true\n");
  });

  it("is the same whenever it is built, whatever the order of files and their line ends", () => {
    const [one = "", other = ""] = certificates(shipped());
    const [here, there] = [tempDir(), tempDir()];
    fs.writeFileSync(path.join(here, "b.crt"), `${other}\n`);
    fs.writeFileSync(path.join(here, "a.crt"), one.replaceAll("\n", "\r\n"));
    fs.writeFileSync(path.join(there, "a.crt"), one);
    fs.writeFileSync(path.join(there, "b.crt"), other);
    expect(rootsPem(here)).toBe(rootsPem(there));
    expect(certificates(rootsPem(here))).toEqual([one, other]);
  });

  it("is missed with a sentence that says what to install", () => {
    expect(() => rootsPem("/nowhere")).toThrow("apt-get install --yes ca-certificates");
  });
});
