import { Command } from "commander";
import { ownerOf } from "../shelf/accounts/owner";
import { findCode } from "../shelf/accounts/pairing";
import { openStore } from "../shelf/store/store";
import { defaultDataDir } from "./data-dir";
import { withExamples } from "./examples";

/** `ribbon pair CODE`: lets a device in that shows a code, as the owner. */
export function pairCommand(): Command {
  const command = new Command("pair")
    .description("let a device in that shows a code")
    .argument("<code>", "the six letters and digits on its screen")
    .option("--data <dir>", "where the server keeps its data", defaultDataDir())
    .action(pair);
  return withExamples(command, [["ribbon pair K7MP3X", "after Connect with a code on the device showed these six"]]);
}

function pair(typed: string, { data }: { readonly data: string }): void {
  const store = openStore(data);
  try {
    const now = new Date();
    const found = findCode(store, typed, now);
    if (found.kind === "used") throw new Error("That code was used already.");
    if (found.kind !== "open") throw new Error("No device shows that code, or it has expired.");
    store.pairingCodes.authorize(found.code.code, ownerOf(store, now.toISOString()));
    console.log("The device is let in.");
  } finally {
    store.close();
  }
}
