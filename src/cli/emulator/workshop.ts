// Builds the plugin, once or at each change.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { PLUGIN_DIR } from "../../shelf/plugin/built";

/** Something that builds at each change until it is closed. */
export interface Watch {
  close(): Promise<void>;
}

/** What makes the plugin. */
export interface Workshop {
  /** Where the built plugin lies. */
  readonly pluginDir: string;
  /** Rejects with the compiler's words. */
  build(): Promise<void>;
  /** Builds now and at each change of a source, and tells how each build went; the compiler's words go to the terminal. */
  watch(tell: (isBuilt: boolean) => void): Watch;
}

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** The compiler in a process of its own: it would hold up the library server for seconds. It complains on stderr. */
const startBuilder = (...words: string[]): ChildProcess =>
  fork("scripts/build.mjs", words, { cwd: ROOT, stdio: ["ignore", "ignore", "inherit", "ipc"] });

export const workshop: Workshop = {
  pluginDir: PLUGIN_DIR,
  build: async () => {
    const [status] = (await once(startBuilder(), "exit")) as [number | null];
    if (status !== 0) throw new Error("the plugin could not be built; the lines above say why");
  },
  watch: tell => {
    const builder = startBuilder("--watch");
    builder.on("message", message => tell((message as { isBuilt?: boolean }).isBuilt === true));
    const ended = once(builder, "exit");
    const close = async () => {
      builder.kill();
      await ended;
    };
    return { close };
  },
};
