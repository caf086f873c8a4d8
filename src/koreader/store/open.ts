import DataStorage = require("datastorage");
import Device = require("device");
import logger = require("logger");
import { isDamage } from "./damage";
import { Database, numberOf } from "./database";
import { SHAPE } from "./shape";
import { part } from "../../parts";

let opened: Database | undefined;
let tellDamage: (rows: number) => void = () => {};

/** Says who is told when a damaged store was replaced, and how many rows of it could be saved. */
export function onDamage(tell: (rows: number) => void): void {
  tellDamage = tell;
}

/** The store of this device, opened when it is first needed and kept open: KOReader starts without waiting for it. */
export function store(): Database {
  if (opened?.isDamaged === true) replace(opened);
  opened ??= openOrReplace();
  return opened;
}

/** Brings everything into the one file; whoever needs the store afterwards opens it again. */
export function closeStore(): void {
  opened?.close();
  opened = undefined;
}

function path(): string {
  return `${DataStorage.getSettingsDir()}/ribbon.sqlite3`;
}

function open(): Database {
  const database = new Database(path(), Device.canUseWAL());
  const shape = numberOf(database.first("PRAGMA user_version")?.[0]);
  if (shape < SHAPE) part("koreader/store/migrations").migrate(database, shape);
  if (shape > SHAPE) logger.info("Ribbon: the store is a newer Ribbon's and stays as it is, shape", shape);
  return database;
}

function openOrReplace(): Database {
  const [worked, result] = pcall(open);
  if (worked) return result;
  if (!isDamage(result)) error(result, 0);
  return begin();
}

function replace(damaged: Database): void {
  pcall(() => {
    damaged.close();
  });
  opened = begin();
}

/** A new store, with all that can still be read from the one before; that one is kept for whoever wants to look at it. */
function begin(): Database {
  const { salvage, setAside } = part("koreader/store/salvage");
  const aside = setAside(path());
  const database = open();
  const rows = salvage(aside, database);
  logger.warn("Ribbon: the store was damaged; kept as", aside, "rows saved:", rows);
  tellDamage(rows);
  return database;
}
