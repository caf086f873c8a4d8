import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { SECURITY_HEADERS } from "./security-headers";

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly content: string;
}

/** A file beside this one, under an address that changes with its content, so that browsers may keep it for ever. */
function asset(file: string, type: string): Asset {
  const content = readFileSync(new URL(file, import.meta.url), "utf8");
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  return { path: `/assets/${digest}-${file}`, type, content };
}

export const STYLE = asset("style.css", "text/css; charset=utf-8");
export const ICON = asset("icon.svg", "image/svg+xml");

export function serveAssets(app: FastifyInstance): void {
  for (const { path, type, content } of [STYLE, ICON]) {
    const headers = { ...SECURITY_HEADERS, "cache-control": "public, max-age=31536000, immutable" };
    app.get(path, (_request, reply) => reply.headers(headers).type(type).send(content));
  }
}
