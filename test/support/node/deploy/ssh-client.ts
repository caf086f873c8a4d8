// This machine's ssh with a configuration of its own: no key, no known host of whoever runs the tests.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

export interface SshClient {
  /** A folder for PATH in which `ssh` is. */
  readonly bin: string;
  readonly identity: string;
  readonly publicKey: string;
  readonly knownHosts: string;
}

export function makeSshClient(dir: string): SshClient {
  const bin = path.join(dir, "bin");
  const knownHosts = path.join(dir, "known_hosts");
  const identity = path.join(dir, "id_ed25519");
  fs.mkdirSync(bin, { recursive: true });
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", identity]);
  const config = ["Host *", `UserKnownHostsFile ${knownHosts}`, "GlobalKnownHostsFile /dev/null", "IdentityAgent none"];
  // ssh offers these instead of the keys in the user's own folder.
  config.push(`IdentityFile ${dir}/no-key`);
  fs.writeFileSync(path.join(dir, "config"), `${config.join("\n")}\n`);
  fs.writeFileSync(path.join(bin, "ssh"), `#!/bin/sh\nexec /usr/bin/ssh -F ${dir}/config "$@"\n`, { mode: 0o755 });
  return { bin, identity, publicKey: fs.readFileSync(`${identity}.pub`, "utf8"), knownHosts };
}
