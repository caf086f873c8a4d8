import { Command } from "commander";
import { ownerOf } from "../shelf/accounts/owner";
import { readCode } from "../shelf/accounts/pairing";
import { openStore } from "../shelf/store/store";
import { defaultDataDir } from "./data-dir";

/** `ribbon pair CODE`: lets a device in that shows a code, as the owner. */
export function pairCommand(): Command {
  return new Command("pair")
    .description("let a device in that shows a code")
    .argument("<code>", "the six letters and digits on its screen")
    .option("--data <dir>", "where the server keeps its data", defaultDataDir())
    .action(pair);
}

function pair(typed: string, { data }: { readonly data: string }): void {
  const store = openStore(data);
  try {
    const now = new Date().toISOString();
    const found = store.pairingCodes.find(readCode(typed));
    if (!found || found.expiresAt <= now) throw new Error("No device shows that code, or it has expired.");
    if (found.userId !== null) throw new Error("That code was used already.");
    store.pairingCodes.authorize(found.code, ownerOf(store, now));
    console.log("The device is let in.");
  } finally {
    store.close();
  }
}
