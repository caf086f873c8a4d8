// Builds the plugin, once or at each change.
import { fork } from "node:child_process";
import { once } from "node:events";
import { builtPlugin, ROOT } from "../plugin/built-plugin";
import { PLUGIN_DIR } from "../../shelf/plugin/built";

/** Something that builds at each change until it is closed. */
export interface Watch {
  close(): Promise<void>;
}

/** What makes the plugin. */
export interface Workshop {
  /** Where the built plugin lies. */
  readonly pluginDir: string;
  /** Builds it unless the last build is as new as the sources. Rejects with the compiler's words. */
  build(print: (line: string) => void): Promise<void>;
  /** Builds now and at each change of a source, and tells how each build went; the compiler's words go to the terminal. */
  watch(tell: (isBuilt: boolean) => void): Watch;
}

/** The compiler in a process of its own: it would hold up the library server for seconds. It complains on stderr. */
export const workshop: Workshop = {
  pluginDir: PLUGIN_DIR,
  build: async print => {
    await builtPlugin(print);
  },
  watch: tell => {
    const stdio = ["ignore", "ignore", "inherit", "ipc"] as const;
    const builder = fork("scripts/build.mjs", ["--watch"], { cwd: ROOT, stdio: [...stdio] });
    builder.on("message", message => tell((message as { isBuilt?: boolean }).isBuilt === true));
    const ended = once(builder, "exit");
    const close = async () => {
      builder.kill();
      await ended;
    };
    return { close };
  },
};
