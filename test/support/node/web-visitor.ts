import { onTestFinished } from "vitest";
import { signIn } from "../../../src/shelf/accounts/sign-in";
import { openStore } from "../../../src/shelf/store/store";
import { startShelf, type Shelf, type ShelfOptions } from "../../../src/shelf/shelf";
import { tempDir } from "./temp-dir";

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** What came, when it is no page. */
  readonly bytes: Buffer;
}

export const OWNER = { username: "Ada", password: "seven green ribbons" };

/** A browser without a screen: keeps cookies, asks for HTML, follows nothing. */
export class WebVisitor {
  private readonly cookies = new Map<string, string>();
  private html = "";

  constructor(
    readonly origin: string,
    cookie?: string,
  ) {
    if (cookie !== undefined) this.cookies.set("shelf", cookie);
  }

  async open(path: string): Promise<Seen> {
    return this.ask(path, { headers: {} });
  }

  /** Sends a form with the token of the page that was opened last. */
  async submit(path: string, fields: Readonly<Record<string, string>>, headers: HeadersInit = {}): Promise<Seen> {
    const body = new URLSearchParams({ _csrf: this.token(), ...fields });
    return this.ask(path, { method: "POST", body, headers: { origin: this.origin, ...headers } });
  }

  /** The token in the page that was opened last. */
  token(): string {
    return /name="_csrf" value="([^"]+)"/.exec(this.html)?.[1] ?? "";
  }

  cookie(name = "shelf"): string | undefined {
    return this.cookies.get(name);
  }

  private async ask(path: string, init: RequestInit): Promise<Seen> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { accept: "text/html", cookie, "user-agent": "Test", ...(init.headers as Record<string, string>) };
    const response = await fetch(this.origin + path, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    const html = bytes.toString();
    if (html.includes("_csrf")) this.html = html;
    return { status: response.status, headers: response.headers, html, bytes };
  }
}

/** A new Shelf for one test. */
export async function newShelf(options: Partial<ShelfOptions> = {}): Promise<Shelf> {
  const shelf = await startShelf({ dataDir: tempDir(), ...options });
  onTestFinished(() => shelf.close());
  return shelf;
}

/** Of the owner's password, at the cost that the first Shelf had: tests sign in often. */
const OWNER_HASH = "scrypt$cmliYm9ucmliYm9ucmliYg$QT7cEH_2P7kvF84LT9a9x7YHSLvIRwMt_bu0RYL-nCQ";

/** A new Shelf with an owner, who is signed in. */
export async function signedInVisitor(options: Partial<ShelfOptions> = {}): Promise<{ shelf: Shelf; web: WebVisitor }> {
  const { dataDir = tempDir(), now = () => new Date() } = options;
  const store = openStore(dataDir);
  const account = { username: OWNER.username, email: null, passwordHash: OWNER_HASH, role: "admin" } as const;
  const userId = store.users.add({ ...account, mustChangePassword: false, createdAt: now().toISOString() });
  const cookie = signIn(store, userId, "Test", now());
  store.close();
  const shelf = await newShelf({ ...options, dataDir });
  return { shelf, web: new WebVisitor(shelf.origin, cookie) };
}

/** Signs somebody in with a new browser. */
export async function enterAs(shelf: Shelf, username: string, password: string): Promise<WebVisitor> {
  const web = new WebVisitor(shelf.origin);
  await web.open("/sign-in");
  await web.submit("/sign-in", { username, password });
  return web;
}

export function setUpFields(shelf: Shelf): Record<string, string> {
  const { username, password } = OWNER;
  return { code: shelf.setUpCode() ?? "", username, new_password: password, new_password_again: password };
}
