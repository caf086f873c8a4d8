import { randomUUID } from "node:crypto";
import { normalizeAddress } from "../../core/connection";
import { payloadFile, type PayloadFile } from "./payload";
import { DeployProblem } from "./problem";

/** The connection that a deployed plugin starts with (`baked.json`). Throws a DeployProblem when it cannot be one. */
export function bakedFile(server: string | undefined, key: string | undefined): PayloadFile[] {
  if (server === undefined && key === undefined) return [];
  if (server === undefined || key === undefined) throw usage("--server and --key belong together.");
  const address = normalizeAddress(server);
  if (!address.ok) throw usage(`${JSON.stringify(server)} is no address of a server, such as http://192.168.1.5:8080.`);
  const name = new URL(address.value).hostname;
  const content = { version: 1, kind: "tome", id: randomUUID(), name, url: address.value, key };
  return [payloadFile("baked.json", Buffer.from(`${JSON.stringify(content)}\n`))];
}

const usage = (detail: string) => new DeployProblem({ why: "usage", detail });
