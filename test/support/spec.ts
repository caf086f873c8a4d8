// In LuaJIT this is busted; vitest.config.ts puts support/node/spec.ts in its place.
import { spec } from "./lua/spec";

export const { describe, it, equal, same, ok } = spec;
