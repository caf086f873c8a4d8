// What a sync of highlights asks of KOReader's loop: counted in rows and instructions, which no other process changes.
import type { Hand } from "./hand";

export interface Breaths {
  /** The most rows that were read of stores between two breaths, and what read the 101st. */
  readonly rows: number;
  readonly reading: string;
  /** The most instructions of LuaJIT's interpreter between two breaths, in thousands, and what was done there. */
  readonly thousands: number;
  readonly where: string;
  /** How many breaths there were, and rows in all. */
  readonly count: number;
  readonly all: number;
}

/** Counts from now on. Workers, which are virtual here, are left out. */
export async function countBreaths(hand: Hand): Promise<void> {
  await hand.run(`
    jit.off(); jit.flush()
    local statements = getmetatable(require("lua-ljsqlite3/init").open(":memory:"):prepare("SELECT 1"))
    local util, step, resume, fork = require("ffi/util"), statements.step, coroutine.resume, require("ffi/util").runInSubProcess
    local count, rows, depth = 0, 0, 0
    BREATHS = { rows = 0, thousands = 0, where = "nowhere", reading = "nothing", count = 0, all = 0 }
    local function on()
      if depth == 0 then debug.sethook(function() count = count + 1 end, "", 1000) end
    end
    statements.step = function(...)
      local row = step(...)
      if row ~= nil and depth == 0 then
        rows, BREATHS.all = rows + 1, BREATHS.all + 1
        if rows == 101 then BREATHS.reading = debug.traceback() end
      end
      return row
    end
    util.runInSubProcess = function(...)
      debug.sethook()
      depth = depth + 1
      local function back(...)
        depth = depth - 1
        on()
        return ...
      end
      return back(fork(...))
    end
    coroutine.resume = function(thread, ...)
      if depth > 0 then return resume(thread, ...) end
      local before = count
      rows = 0
      local function done(...)
        BREATHS.count = BREATHS.count + 1
        if rows > BREATHS.rows then BREATHS.rows = rows end
        if count - before > BREATHS.thousands then
          BREATHS.thousands, BREATHS.where = count - before, debug.traceback(thread)
        end
        count = before
        return ...
      end
      return done(resume(thread, ...))
    end
    on()`);
}

/** What was counted since the last look. */
export async function breaths(hand: Hand): Promise<Breaths> {
  return (await hand.run(`
    local counted = BREATHS
    BREATHS = { rows = 0, thousands = 0, where = "nowhere", reading = "nothing", count = 0, all = 0 }
    return counted`)) as Breaths;
}
