import { randomBytes } from "node:crypto";
import { SignJWT, jwtVerify } from "jose";
import type { Credentials } from "../store/credentials";

const LIFETIME_SECONDS = 7 * 24 * 3600;

/** Makes and checks the JSON Web Tokens of a login: HS256, `sub` = the user's id as text, `exp`. */
export class LoginTokens {
  private readonly secret: Uint8Array;

  constructor(
    credentials: Credentials,
    private readonly now: () => Date,
  ) {
    const stored = credentials.secret("login", () => randomBytes(32).toString("base64url"));
    this.secret = Buffer.from(stored, "base64url");
  }

  /** A token for a user, valid for a week unless told otherwise. */
  async issue(userId: number, lifetimeSeconds = LIFETIME_SECONDS): Promise<string> {
    const expires = Math.floor(this.now().getTime() / 1000) + lifetimeSeconds;
    return new SignJWT()
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setSubject(String(userId))
      .setExpirationTime(expires)
      .sign(this.secret);
  }

  /** The user of a valid token; undefined when it is forged, expired or no token at all. */
  async userOf(token: string): Promise<number | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.secret, { algorithms: ["HS256"], currentDate: this.now() });
      return payload.sub === undefined ? undefined : Number(payload.sub);
    } catch {
      return undefined;
    }
  }
}
