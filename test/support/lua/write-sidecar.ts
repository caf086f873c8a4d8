import { type Result, failure } from "../../../src/core/result";
import type { SidecarChange, SidecarReading, SidecarUnreadable, SidecarUnwritten } from "../../../src/ports/sidecars";
import { place } from "../../../src/koreader/sidecars/place";
import { prepare } from "../../../src/koreader/sidecars/prepare";
import { read } from "../../../src/koreader/sidecars/read";

/** `prepare`, `place` and `read` at once: what the sidecar says then. */
export function write(
  reading: SidecarReading,
  change: SidecarChange,
): Result<SidecarReading, SidecarUnwritten | SidecarUnreadable> {
  const prepared = prepare(reading, change);
  if (!prepared.ok) return failure(prepared.failure);
  const placed = place(prepared.value, () => {});
  return placed.ok ? read(placed.value) : failure(placed.failure);
}
