import type { Failure } from "../core/failure";
import { readSegmentName } from "../core/sdr/segment-name";
import type { SdrTarget } from "../core/sdr-settings";
import { SdrSpoolFolder } from "../koreader/sdr-spool";
import type { SdrTested } from "../ports/sdr-sync";
import type { KnownScheme } from "../protocol/webdav/sign-in";
import type { ExchangeNews, ExchangePlan } from "./sdr/exchange";
import { Exchange } from "./sdr/exchange-job";
import { openFolder } from "./sdr/open-folder";

/** What a worker tells of a folder that it was asked to try. */
export type TestNews =
  | { readonly kind: "tested"; readonly tested: SdrTested; readonly learnt?: KnownScheme }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Runs in the worker: one exchange with the folder. */
export function exchange(plan: ExchangePlan, tell: (news: ExchangeNews) => void): void {
  const opened = openFolder(plan.target, plan.known);
  const run = new Exchange(opened.folder, new SdrSpoolFolder(), plan, tell);
  const failure = run.run();
  opened.folder.close();
  const learnt = opened.learnt();
  const { bytesIn, bytesOut } = run.traffic;
  tell({
    kind: "done",
    requests: opened.requests(),
    bytesIn,
    bytesOut,
    ...(learnt !== undefined && { learnt }),
    ...(failure !== undefined && { failure }),
  });
}

/** Runs in the worker: whether the folder can be had. */
export function tryFolder(target: SdrTarget, tell: (news: TestNews) => void): void {
  const opened = openFolder(target, undefined);
  const { folder } = opened;
  let listed = folder.list();
  if (!listed.ok && listed.failure.reason === "missing") {
    const made = folder.makeRoot();
    listed = made.ok ? folder.list() : made;
  }
  folder.close();
  if (!listed.ok) return tell({ kind: "failed", failure: listed.failure });
  const devices = new LuaSet<string>();
  let [files, count] = [0, 0];
  for (const { name } of listed.value.files) {
    const read = readSegmentName(name);
    if (read === undefined) continue;
    files += 1;
    if (!devices.has(read.device)) count += 1;
    devices.add(read.device);
  }
  const others = listed.value.others + listed.value.files.length - files;
  const learnt = opened.learnt();
  tell({ kind: "tested", tested: { files, devices: count, others }, ...(learnt !== undefined && { learnt }) });
}
