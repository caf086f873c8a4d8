import { Command, InvalidArgumentError } from "commander";
import { mintKey, ownerOf } from "../shelf/accounts/owner";
import { openStore, type Store } from "../shelf/store/store";
import { defaultDataDir } from "./data-dir";
import { withExamples } from "./examples";

interface DataOption {
  readonly data: string;
}

/** `ribbon key …`: the keys with which e-readers come in. */
export function keyCommand(): Command {
  const key = new Command("key").description("keys for e-readers");
  for (const each of [addCommand(), listCommand(), revokeCommand()]) key.addCommand(each);
  return withExamples(key, [
    ['ribbon key add "Kobo Clara"', "a key for one e-reader, shown once"],
    ["ribbon key list", "which devices there are, and when they were last heard of"],
    ["ribbon key revoke 2", "the device with the number 2 in the list is shut out at once"],
  ]);
}

function addCommand(): Command {
  const command = withData("add", "make a key and show it, once").argument("<label>", "which device it is for");
  return withExamples(command.action(add), [['ribbon key add "Kobo Clara"', "prints tk_ and forty more"]]);
}

function listCommand(): Command {
  const command = withData("list", "list the keys").action(list);
  return withExamples(command, [["ribbon key list", "numbers, first letters, names, and when each was last used"]]);
}

function revokeCommand(): Command {
  const command = withData("revoke", "make a key useless").argument("<id>", "its number in the list", readId);
  return withExamples(command.action(revoke), [["ribbon key revoke 2", "what that device has sent stays"]]);
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
