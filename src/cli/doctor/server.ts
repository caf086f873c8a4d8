import { accessSync, constants, existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { bad, type Finding, good, note, type Section } from "./finding";

/** Whether `ribbon serve` would start. */
export async function serverSection(port: number, dataDir: string): Promise<Section> {
  return { title: "The library server", findings: [await portFinding(port), dataFinding(dataDir)] };
}

async function portFinding(port: number): Promise<Finding> {
  const about = `Port ${port}`;
  const problem = await tryToListen(port);
  switch (problem) {
    case undefined:
      return good(about, "free");
    case "EADDRINUSE":
      return note(about, "taken: a library server that runs already, or another program", "ribbon serve --port 8081");
    default:
      return bad(about, `cannot be listened on (${problem})`, "choose one from 1024 up: ribbon serve --port 8081");
  }
}

function tryToListen(port: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(undefined)));
  });
}

/** The folder itself, or where it would be made. */
function dataFinding(dataDir: string): Finding {
  const about = `Data folder ${dataDir}`;
  const place = nearest(dataDir);
  if (!statSync(place).isDirectory())
    return bad(about, `${place} is no folder`, "ribbon serve --data <another folder>");
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
    return good(about, place === dataDir ? "can be written" : "can be made");
  } catch {
    return bad(about, `${place} cannot be written`, "change its owner, or ribbon serve --data <another folder>");
  }
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}
