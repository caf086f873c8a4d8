// A port whose queue of connections is full, so that the system answers no further one: a machine that is switched off looks
// like that. Node takes connections at once; LuaSocket does so only when asked.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { requirePrograms } from "../../../scripts/debian.mjs";

const SCRIPT = `
local socket = require("socket")
local server = assert(socket.bind("127.0.0.1", 0, 0))
local _, port = server:getsockname()
local waiting = {}
for i = 1, 3 do
  waiting[i] = socket.tcp()
  waiting[i]:settimeout(0.05)
  waiting[i]:connect("127.0.0.1", port)
end
print(port)
io.flush()
io.read()
`;

export interface SilentPort {
  readonly port: number;
  /** Until nobody holds the port any more. */
  close(): Promise<void>;
}

export async function startSilentPort(): Promise<SilentPort> {
  requirePrograms(["luajit"]);
  const child = spawn("luajit", ["-e", SCRIPT], { stdio: ["pipe", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once("data", (line: Buffer) => resolve(Number(line.toString())));
    child.once("error", reject).once("exit", () => reject(new Error("luajit ended")));
  });
  const close = async () => {
    child.removeAllListeners("exit").kill();
    await once(child, "exit");
  };
  return { port, close };
}
