// What is compared between Node and LuaJIT. A line each: a module, a function of it, and its arguments.
// A subject with state gets a function that replays a list of steps, in a module beside this one's `drivers`.
import type { Subject } from "../support/node/differential";

export const subjects: readonly Subject[] = [];
