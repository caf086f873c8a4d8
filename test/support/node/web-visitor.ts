import { onTestFinished } from "vitest";
import { startShelf, type Shelf, type ShelfOptions } from "../../../src/shelf/shelf";
import { tempDir } from "./temp-dir";

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

export const OWNER = { username: "Ada", password: "seven green ribbons" };

/** A browser without a screen: keeps cookies, asks for HTML, follows nothing. */
export class WebVisitor {
  private readonly cookies = new Map<string, string>();
  private html = "";

  constructor(readonly origin: string) {}

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
    this.html = await response.text();
    return { status: response.status, headers: response.headers, html: this.html };
  }
}

/** A new Shelf for one test. */
export async function newShelf(options: Partial<ShelfOptions> = {}): Promise<Shelf> {
  const shelf = await startShelf({ dataDir: tempDir(), ...options });
  onTestFinished(() => shelf.close());
  return shelf;
}

/** A new Shelf with an owner, who is signed in. */
export async function signedInVisitor(options: Partial<ShelfOptions> = {}): Promise<{ shelf: Shelf; web: WebVisitor }> {
  const shelf = await newShelf(options);
  const web = new WebVisitor(shelf.origin);
  await web.open("/set-up");
  await web.submit("/set-up", setUpFields(shelf));
  await web.open("/");
  return { shelf, web };
}

export function setUpFields(shelf: Shelf): Record<string, string> {
  const { username, password } = OWNER;
  return { code: shelf.setUpCode() ?? "", username, new_password: password, new_password_again: password };
}
