import type { Failure } from "../core/failure";
import { readSegmentName } from "../core/sdr/segment-name";
import type { SdrTarget } from "../core/sdr-settings";
import { SdrSpoolFolder } from "../koreader/sdr-spool";
import { isSdrStoreOnDisk } from "../koreader/store/sdr-on-disk";
import type { SdrTested } from "../ports/sdr-sync";
import type { KnownScheme } from "../protocol/webdav/sign-in";
import { type Batch, type BatchNews, workOn, type WorkOn } from "./sdr/afar/work";
import { compact } from "./sdr/compact";
import { deliverTo } from "./sdr/deliver-book";
import type { ExchangeNews, ExchangePlan } from "./sdr/exchange";
import { Exchange } from "./sdr/exchange-job";
import { joinLines } from "./sdr/join";
import { lookAt } from "./sdr/looking";
import { openFolder } from "./sdr/open-folder";
import { publish } from "./sdr/publish";
import { rename, takeBack } from "./sdr/rename";
import { adopt } from "./sdr/retiring";
import { sweepAll } from "./sdr/sweeping";
import { findTitles } from "./sdr/titles";
import type { SdrTools } from "./sdr/tools";

/** What a worker tells of a folder that it was asked to try. */
export type TestNews =
  | { readonly kind: "tested"; readonly tested: SdrTested; readonly learnt?: KnownScheme }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Runs in the worker: one exchange with the folder. Nobody hears of what a power cut could take back. */
export function exchange(plan: ExchangePlan, tell: (news: ExchangeNews) => void): void {
  if (plan.unsent.length > 0 && !isSdrStoreOnDisk()) {
    const failure = { reason: "disk", detail: "what is to be sent is not on the disk" } as const;
    return tell({ kind: "done", requests: 0, bytesIn: 0, bytesOut: 0, failure });
  }
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

/** What workers do with books. */
export const AFAR = {
  sweep: sweepAll,
  look: lookAt,
  join: joinLines,
  deliver: deliverTo,
  adopt,
  publish,
  compact,
  takeBack,
  rename,
  titles: findTitles,
};

/** Runs in the worker: work on the books of one batch. */
export function afar<Task>(
  kind: keyof typeof AFAR,
  tools: SdrTools,
  batch: Batch<Task>,
  tell: (news: BatchNews) => void,
): void {
  workOn(tools, batch, AFAR[kind] as unknown as WorkOn<Task, object>, tell);
}
