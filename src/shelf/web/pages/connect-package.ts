import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { mintKey } from "../../accounts/owner";
import { readBuilt } from "../../plugin/built";
import { pluginZip, zipName } from "../../plugin/package";
import type { WebContext } from "../context";
import { problem, reader, type Page } from "../page";
import { LONGEST_LABEL } from "./devices";

const NAME_ON_DEVICE = "Home";

/** Hands the plugin out with the address under which the page was opened, and a new key. */
export function packageForm({ store, now, pluginDir }: WebContext): Page {
  return reader.form("/connect/plugin", ({ who, form, origin }) => {
    const built = readBuilt(pluginDir);
    if (!built.ok) return problem(503, "The plugin is not built yet: run npm run build in Ribbon’s folder.");
    const label = form.text("label", LONGEST_LABEL);
    const { key } = mintKey(store, who.id, label === "" ? "E-reader" : label, now().toISOString());
    const id = randomBytes(8).toString("hex");
    const zip = Buffer.from(pluginZip(built.value, { id, name: NAME_ON_DEVICE, url: origin, key }));
    return {
      kind: "file",
      bytes: { type: "application/zip", length: zip.length, stream: Readable.from([zip]) },
      headers: { "content-disposition": `attachment; filename="${zipName(built.value.release.version, true)}"` },
    };
  });
}
