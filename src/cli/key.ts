import { Command, InvalidArgumentError } from "commander";
import { mintKey, ownerOf } from "../shelf/accounts/owner";
import { openStore, type Store } from "../shelf/store/store";
import { defaultDataDir } from "./data-dir";

interface DataOption {
  readonly data: string;
}

/** `ribbon key …`: the keys with which e-readers come in. */
export function keyCommand(): Command {
  const key = new Command("key").description("keys for e-readers");
  key.addCommand(
    withData("add", "make a key and show it, once").argument("<label>", "which device it is for").action(add),
  );
  key.addCommand(withData("list", "list the keys").action(list));
  key.addCommand(
    withData("revoke", "make a key useless").argument("<id>", "its number in the list", readId).action(revoke),
  );
  return key;
}

function withData(name: string, description: string): Command {
  const command = new Command(name).description(description);
  return command.option("--data <dir>", "where the server keeps its data", defaultDataDir());
}

function add(label: string, options: DataOption): void {
  withStore(options, store => {
    const at = new Date().toISOString();
    console.log(mintKey(store, ownerOf(store, at), label, at).key);
  });
}

function list(options: DataOption): void {
  withStore(options, store => {
    for (const { id, label, prefix, lastUsedAt } of store.credentials.allKeys()) {
      console.log(`${id}\t${prefix}…\t${label}\t${lastUsedAt === null ? "never used" : `last used ${lastUsedAt}`}`);
    }
  });
}

function revoke(id: number, options: DataOption): void {
  withStore(options, store => {
    if (!store.credentials.revokeKey(id)) throw new Error(`There is no key ${id}.`);
  });
}

function withStore(options: DataOption, work: (store: Store) => void): void {
  const store = openStore(options.data);
  try {
    work(store);
  } finally {
    store.close();
  }
}

function readId(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("A key is named by its number.");
  return Number(value);
}
