import fs from "node:fs";
import path from "node:path";
import { Hand } from "../../../test/support/node/hand";

/** The day of the demo begins at 07:10 UTC, today: the server's page shows it as today's reading. */
const MORNING = new Date().setUTCHours(7, 10, 0, 0) / 1000;
export const DEVICE_NAME = "Kobo Clara";

/** What a person would have entered under Tools › Ribbon › Set up Ribbon…, as KOReader keeps it. */
export function connectionSettings(url: string, key: string): string {
  const connection = `{ id = "main", kind = "tome", name = "Home", url = "${url}", key = "${key}" }`;
  return `return { connections = { ${connection} }, device_name = "${DEVICE_NAME}" }\n`;
}

/** A stand-in Kobo with the built plugin, connected to a server. */
export async function startDevice(dataDir: string, url: string, key: string): Promise<Hand> {
  fs.mkdirSync(path.join(dataDir, "settings"), { recursive: true });
  fs.writeFileSync(path.join(dataDir, "settings/ribbon.lua"), connectionSettings(url, key));
  return Hand.start({ dataDir, device: "kobo", clock: "fake", now: MORNING });
}
