import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, onTestFinished } from "vitest";
import { isInstalled } from "../../../scripts/debian.mjs";
import { OWNER } from "./web-visitor";
import type { Shelf } from "../../../src/shelf/shelf";

const PROGRAM = "chromium";
/** Only for what never comes. */
const PATIENCE_MS = 60_000;

/** Why pages cannot be tried in a real browser here; undefined when they can. */
export const whyNoChromium = isInstalled(PROGRAM) ? undefined : "skipped: apt-get install --yes chromium";

export interface Tab {
  readonly page: Page;
  /** What a page must never do: ask another host, be stopped by the content security policy, fail. */
  readonly offences: string[];
}

let browser: Promise<Browser> | undefined;

/** A new tab of Debian's Chromium, without the cookies of others. */
export async function openTab(shelf: Shelf, { width = 1200, height = 900 } = {}): Promise<Tab> {
  browser ??= chromium.launch({ executablePath: `/usr/bin/${PROGRAM}`, args: ["--no-sandbox"] });
  const context = await (await browser).newContext({ viewport: { width, height }, baseURL: shelf.origin });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const offences: string[] = [];
  page.on("request", request => {
    if (!request.url().startsWith(`${shelf.origin}/`)) offences.push(`asked ${request.url()}`);
  });
  page.on("console", message => {
    if (message.type() === "error") offences.push(message.text());
  });
  page.on("pageerror", error => offences.push(error.message));
  page.on("dialog", dialog => {
    offences.push(`said ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, offences };
}

/** Sets the library up as its owner does. */
export async function becomeOwner(page: Page, shelf: Shelf): Promise<void> {
  await page.goto("/set-up");
  await page.getByLabel("Set-up code").fill(shelf.setUpCode() ?? "");
  await page.getByLabel("Your name").fill(OWNER.username);
  for (const field of await page.locator("input[type=password]").all()) await field.fill(OWNER.password);
  await page.getByRole("button", { name: "Create the owner" }).click();
  // Whoever went elsewhere at once would take the form back.
  await page.getByText("This library is yours now.").waitFor();
}

/** Whether something sticks out of the window's right side. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
}

/** To be called once in a file of tests. */
export function closesChromium(): void {
  afterAll(async () => (await browser)?.close());
}
