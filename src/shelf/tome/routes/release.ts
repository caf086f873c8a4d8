import type { IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { RELEASE_FILE } from "../../../core/release";
import { readBuilt, sha256Of, updatePackage } from "../../plugin/built";
import { refuse, type Answer } from "../answer";
import type { Context } from "../context";
import { endpoint, type Endpoint } from "../endpoint";
import { required } from "../fields";
import { deliverFile } from "../file-answer";
import { text } from "../values";

const notBuilt = refuse(404, "This server has no Ribbon to offer: it was not built there");
const notHere = refuse(404, "No such file in this release");

/**
 * Ribbon for devices that have it: `release.json` and the update package that it names, side by side as on any other address
 * that updates come from. Shelf's own; a Tome has none of this.
 */
export function releaseRoutes({ guards, pluginDir }: Context): Endpoint[] {
  return [
    endpoint({
      method: "GET",
      path: "/api/ribbon/release/:file",
      guard: guards.plugin,
      params: { file: required(text) },
      handle: ({ params, headers }) => {
        const built = readBuilt(pluginDir);
        if (!built.ok) return notBuilt;
        const { release, manifest } = built.value;
        if (params.file === RELEASE_FILE) return offer(RELEASE_FILE, manifest, headers, "application/json");
        if (params.file !== release.package.name) return notHere;
        return offer(release.package.name, updatePackage(built.value), headers, "application/octet-stream");
      },
    }),
  ];
}

/** Whole, in part, or not at all to whoever has it already. */
function offer(name: string, content: Buffer, headers: IncomingHttpHeaders, type: string): Answer | Promise<Answer> {
  const etag = `"${sha256Of(content)}"`;
  if (headers["if-none-match"] === etag) return { status: 304, headers: { etag } };
  const read = (start: number, end: number) => Readable.from([content.subarray(start, end)]);
  return deliverFile({ size: content.length, etag, type, read, close: () => Promise.resolve() }, headers, name);
}
