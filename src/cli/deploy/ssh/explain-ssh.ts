import type { Problem, Reason } from "../problem";
import type { SshAddress } from "./ssh-shell";

/** What OpenSSH's client says before it gives up; the first that fits. */
const WORDS: readonly (readonly [RegExp, Reason])[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED/, "host-key-changed"],
  [/Host key verification failed|No \S+ host key is known/, "host-key-unknown"],
  [/Permission denied \(|Too many authentication failures|No supported authentication methods/, "auth"],
  [/no matching (?:host key type|key exchange method|cipher|MAC)/i, "old-crypto"],
  [/Could not resolve hostname/, "name"],
  [/Connection refused/, "refused"],
  [/timed out|Timeout, server|not responding/i, "timeout"],
  [/No route to host|Network is unreachable|Host is down/, "unreachable"],
  [/Connection (?:closed|reset)|closed by remote host|Broken pipe|Connection to \S+ closed/, "cut"],
];

function lastLine(text: string): string {
  const line = text.trim().split(/\r?\n/).at(-1) ?? "";
  return line === "" ? "it ended without a word" : line;
}

/** Why a login did not come about, from what ssh said. */
export function explainSsh(errors: string, { host, port }: SshAddress): Problem {
  const why = WORDS.find(([words]) => words.test(errors))?.[1] ?? "ssh-other";
  const name = host.slice(host.lastIndexOf("@") + 1);
  if (why === "host-key-changed") return { why, detail: forgetCommand(errors, name, port) };
  const isAboutWords = why === "ssh-other" || why === "old-crypto";
  return { why, detail: isAboutWords ? lastLine(errors) : name };
}

/** ssh names the command that forgets the old key, with the right file and spelling. */
function forgetCommand(errors: string, name: string, port = 22): string {
  const said = /^\s*(ssh-keygen -f .*)$/m.exec(errors)?.[1]?.trim();
  return said ?? `ssh-keygen -R ${port === 22 ? name : `'[${name}]:${port}'`}`;
}
