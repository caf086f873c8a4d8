// @ts-check
// The certificate authorities that go along with the plugin: for devices that have no list of their own (older KOReaders,
// Android). They are Mozilla's, as Debian packs them.
import fs from "node:fs";
import path from "node:path";
import { installLine } from "./debian.mjs";

export const AUTHORITIES = "/usr/share/ca-certificates/mozilla";

/** What the licence of the list asks for, beside it in the plugin folder. */
export const NOTICE = `roots.pem holds the certificate authorities that Mozilla trusts, unchanged, as Debian's package ca-certificates
packs them. They are subject to the terms of the Mozilla Public License, v. 2.0 (https://mozilla.org/MPL/2.0/). Their source
is certdata.txt of Mozilla's NSS: https://hg.mozilla.org/projects/nss and https://salsa.debian.org/debian/ca-certificates

Everything else in this folder is Ribbon's, under the MIT licence.
`;

/**
 * All of them in one file, each below its name; the same list gives the same bytes.
 * @param {string} [folder] with one `.crt` file in PEM for each
 */
export function rootsPem(folder = AUTHORITIES) {
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter(file => file.endsWith(".crt")) : [];
  if (files.length === 0)
    throw new Error(`no certificate authorities in ${folder}: ${installLine(["ca-certificates"])}`);
  const parts = files.sort().map(file => {
    const text = fs.readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
    return `# ${path.basename(file, ".crt")}\n${text}\n`;
  });
  return parts.join("\n");
}
