// Whether anybody sends what a plugin handles.
import { spawnSync } from "node:child_process";
import type { Release } from "../../../scripts/koreader-api.mjs";
import { requirePrograms } from "../../../scripts/debian.mjs";
import { luaPath } from "./busted";

export interface PluginEvents {
  /** The names of its `onXxx` functions. */
  readonly handlers: readonly string[];
  /** The events of the actions that it registers with the Dispatcher. */
  readonly actions: readonly string[];
  readonly keys: readonly string[];
}

export function eventsOf(mainFile: string): PluginEvents {
  requirePrograms(["luajit"]);
  const runner = "build/lua/test/support/lua/plugin-events.lua";
  const env = { ...process.env, LUA_PATH: luaPath("build/lua") };
  const run = spawnSync("luajit", [runner, mainFile], { encoding: "utf8", env });
  if (run.status !== 0) throw new Error(run.stderr);
  // cjson writes an empty table as an object.
  const { handlers, actions, keys } = JSON.parse(run.stdout) as PluginEvents;
  return { handlers: Object.values(handlers), actions: Object.values(actions), keys: Object.values(keys) };
}

export function eventProblems({ handlers, actions }: PluginEvents, releases: readonly Release[]): string[] {
  const isSent = (event: string): boolean => releases.some(({ events }) => (events[event]?.sent.length ?? 0) > 0);
  const deaf = actions.filter(action => !handlers.includes(`on${action}`)).map(action => `nobody handles ${action}`);
  const events = handlers.map(handler => handler.slice("on".length));
  const never = events.filter(event => !isSent(event) && !actions.includes(event));
  return [...deaf, ...never.map(event => `nobody sends ${event}`)];
}
