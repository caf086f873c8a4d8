// Certificates for tests, good ones and all the others, made with openssl.
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** What an https server shows. */
export interface Identity {
  readonly key: string;
  /** Its own certificate, and those between it and the authority that it sends along. */
  readonly cert: string;
  /** SHA-256 of its own certificate, in lower-case hex. */
  readonly fingerprint: string;
}

const CONFIG = `
[ca]
default_ca = authority
[authority]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = anything
[anything]
commonName = supplied
[req]
distinguished_name = name
[name]
`;

interface Wish {
  /** As openssl writes it: `DNS:localhost,IP:127.0.0.1`. */
  readonly names?: string;
  readonly commonName?: string;
  readonly isAuthority?: boolean;
  /** Years; from 2020 to 2049 unless said otherwise. */
  readonly from?: number;
  readonly to?: number;
}

/** Makes certificates in a folder of its own. */
export class Certificates {
  constructor(private readonly folder: string) {
    fs.writeFileSync(this.file("ca.cnf"), CONFIG);
    fs.writeFileSync(this.file("index.txt"), "");
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  /** Signs a certificate by `issuer`, or by itself. `sendsAlong` are added to what the server shows. */
  make(name: string, issuer: string, wish: Wish, sendsAlong: readonly string[] = []): Identity {
    this.request(name, wish.commonName ?? name);
    const extensions = [
      `basicConstraints = critical, CA:${wish.isAuthority === true ? "TRUE" : "FALSE"}`,
      ...(wish.names === undefined ? [] : [`subjectAltName = ${wish.names}`]),
    ];
    fs.writeFileSync(this.file(`${name}.ext`), extensions.join("\n"));
    const year = (value: number): string => `${value}0101000000Z`;
    const by = issuer === name ? ["-selfsign"] : ["-cert", `${issuer}.pem`];
    this.openssl("ca", "-batch", "-notext", "-config", "ca.cnf", ...by, "-keyfile", `${issuer}.key`,
      "-in", `${name}.csr`, "-out", `${name}.pem`, "-extfile", `${name}.ext`,
      "-startdate", year(wish.from ?? 2020), "-enddate", year(wish.to ?? 2049)); // prettier-ignore
    return this.identity(name, sendsAlong);
  }

  private request(name: string, commonName: string): void {
    this.openssl("req", "-new", "-config", "ca.cnf", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${commonName}`); // prettier-ignore
  }

  private identity(name: string, sendsAlong: readonly string[]): Identity {
    const own = fs.readFileSync(this.file(`${name}.pem`), "utf8");
    const others = sendsAlong.map(each => fs.readFileSync(this.file(`${each}.pem`), "utf8"));
    return {
      key: fs.readFileSync(this.file(`${name}.key`), "utf8"),
      cert: [own, ...others].join("\n"),
      fingerprint: new X509Certificate(own).fingerprint256.replaceAll(":", "").toLowerCase(),
    };
  }

  private openssl(...words: readonly string[]): void {
    execFileSync("openssl", words, { cwd: this.folder, stdio: ["ignore", "ignore", "pipe"] });
  }
}
