-- The most memory that this process had, and the largest of its workers that ended, in KiB.
local ffi = require("ffi")
pcall(ffi.cdef, [[
  struct bench_rusage { long times[4]; long maxrss; long rest[13]; };
  int getrusage(int who, struct bench_rusage *usage);
]])
local CHILDREN = -1
local usage = ffi.new("struct bench_rusage")
ffi.C.getrusage(CHILDREN, usage)
local file = assert(io.open("/proc/self/status"))
local own = file:read("*a"):match("VmHWM:%s*(%d+)")
file:close()
return { own = tonumber(own), worker = tonumber(usage.maxrss) }
