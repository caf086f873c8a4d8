// Updates inside a genuine KOReader: one that works, and one that ends the process.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { atLoad, makeVersion, OWN } from "../support/node/versions";
import type { Scenario, Stage } from "./scenarios";

const NOTES = "Books open faster.\n\nHighlights of PDFs keep their colours.";
const DIES = "require('ui/uimanager'):scheduleIn(3, function() error('broken on purpose') end)";

const pluginOf = ({ folder }: Stage): string => path.join(folder, "home/plugins/ribbon.koplugin");
/** What Shelf hands out: a link, so that it can change while Shelf runs. */
const offeredIn = (folder: string): string => path.join(folder, "offered");

/** Has the server offer another version from now on. */
function offer(folder: string, version: string, change?: (folder: string) => void): void {
  fs.rmSync(offeredIn(folder), { force: true });
  fs.symlinkSync(makeVersion(path.join(folder, `version-${version}`), version, change, NOTES), offeredIn(folder));
}

export const updates: readonly Scenario[] = [
  {
    promise: "an update comes from a real Shelf, is tried out and kept; a broken one is given up by itself",
    script: "updates.lua",
    isCopied: true,
    offers: folder => {
      offer(folder, "0.2.0");
      return offeredIn(folder);
    },
    before: stage => {
      makeVersion(pluginOf(stage), OWN);
      const act = (start: number) => ({
        home: "home",
        environment: { RIBBON_PLUGIN: pluginOf(stage), RIBBON_START: String(start) },
      });
      return Promise.resolve({
        acts: [1, 2, 3, 4].map(act),
        // The third start is 0.3.0's, and KOReader dies of it.
        mayEnd: (index, status) => (status === 0) === (index !== 2),
        between: index => {
          if (index !== 0) return;
          assert.deepEqual(fs.readdirSync(path.join(pluginOf(stage), "updates")), ["0.2.0"]);
          offer(stage.folder, "0.3.0", atLoad(DIES));
        },
      });
    },
    after: stage => {
      assert.deepEqual(fs.readdirSync(path.join(pluginOf(stage), "updates")).sort(), ["0.2.0", "0.3.0"]);
    },
  },
];
