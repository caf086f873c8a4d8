// A program that behaves as KOReader does towards whoever starts it.
import fs from "node:fs";
import path from "node:path";
import { tempDir } from "./temp-dir";

/**
 * What it does at each of its starts: ends with a status, waits to be closed, or does not let itself be closed and has
 * a worker in a process group of its own, as Ribbon's are. After the last it does that again.
 */
export type Step = number | "wait" | "stubborn";

/** Says what it was given, as lines of KOReader's log; each start is noted in `starts` of its home. */
const script = (steps: readonly Step[]): string => `#!/bin/bash
say() { echo "11/21/26-10:46:00 INFO  $*"; }
echo x >> "$KO_HOME/starts"
start=$(wc -l < "$KO_HOME/starts")
steps=(${steps.join(" ")})
step=\${steps[$((start - 1))]:-\${steps[-1]}}
say "Ribbon: start $start arguments $* screen \${EMULATE_READER_W}x\${EMULATE_READER_H} dpi \${EMULATE_READER_DPI:-own} video \${SDL_VIDEODRIVER:-own} desktop \${KO_MULTIUSER:-no}"
say "Ribbon: baked $(cat "$KO_HOME/plugins/ribbon.koplugin/baked.json" 2>/dev/null || echo none)"
say "Ribbon: plugin $(cat "$KO_HOME/plugins/ribbon.koplugin/ribbon.lua")"
say "something of its own"
echo "./luajit: nobody caught this" >&2
case $step in
  wait) trap 'say "Ribbon: closed"; exit 0' TERM ;;
  stubborn) trap '' TERM; set -m; sleep 600 & echo $! > "$KO_HOME/worker" ;;
  *) exit "$step" ;;
esac
while :; do sleep 0.05; done
`;

/** A folder with one, in a layout of KOReader's. */
export function fakeKOReader(steps: readonly Step[], below = ""): string {
  const top = tempDir();
  const folder = path.join(top, below);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "reader.lua"), "");
  fs.writeFileSync(path.join(folder, "luajit"), script(steps), { mode: 0o755 });
  return top;
}
