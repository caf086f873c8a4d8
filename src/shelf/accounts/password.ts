import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** 32 MiB and some 150 ms on a desktop core: one of the costs that OWASP's password storage cheat sheet names for scrypt. */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
/** What Node takes unless told otherwise; the first passwords of Shelf were stored without saying so. */
const FIRST_COST = { N: 2 ** 14, r: 8, p: 1 } as const;
const MOST_MEMORY = 64 * 1024 * 1024;
const KEY_BYTES = 32;

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** One at a time, and only so many in the queue: a flood of attempts must take neither all memory nor all threads. */
const LONGEST_QUEUE = 100;
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** Too many passwords are being checked at once; an answer of status 503. */
class Busy extends Error {
  readonly statusCode = 503;
}

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  if (waiting >= LONGEST_QUEUE) return Promise.reject(new Busy("Too many passwords at once"));
  waiting += 1;
  const work = () =>
    new Promise<Buffer>((resolve, reject) => {
      scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { ...cost, maxmem: MOST_MEMORY }, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  const mine = last.then(work);
  last = mine
    .catch(() => undefined)
    .finally(() => {
      waiting -= 1;
    });
  return mine;
}

/** A password as it is stored: `scrypt$<N>$<r>$<p>$<salt>$<key>`, the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Whether a password is the stored one. Takes as long for an account without password, so that names cannot be guessed. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const { cost, salt, key } = readStored(stored ?? "");
  const actual = await derive(password, salt, cost);
  return key.length === KEY_BYTES && timingSafeEqual(actual, key);
}

function readStored(stored: string): { cost: Cost; salt: Buffer; key: Buffer } {
  const parts = stored.split("$");
  const [salt = "", key = ""] = parts.slice(-2);
  const [N = 0, r = 0, p = 0] = parts.slice(1, -2).map(Number);
  const isScrypt = parts[0] === "scrypt";
  const cost = !isScrypt ? COST : parts.length === 3 ? FIRST_COST : { N, r, p };
  return { cost, salt: Buffer.from(salt, "base64url"), key: Buffer.from(isScrypt ? key : "", "base64url") };
}
