import { afterDownloadFailed, MOST_TRIES } from "../../src/core/download-retry";
import type { Reason } from "../../src/core/failure";
import { describe, it, same } from "../support/spec";

const what = (reason: Reason, tries: number): string => {
  const after = afterDownloadFailed({ reason }, tries);
  return after.kind === "retry" ? "retry" : after.withOthers ? "fail all" : "fail";
};

describe("what becomes of a download that failed", () => {
  it("tries again by itself what passes, and not for ever", () => {
    const passing: Reason[] = ["timeout", "refused", "busy", "server", "garbled", "cancelled"];
    same(
      passing.map(reason => what(reason, 1)),
      passing.map(() => "retry"),
    );
    same(what("refused", MOST_TRIES - 1), "retry");
    same(what("refused", MOST_TRIES), "fail all");
    same(what("server", MOST_TRIES), "fail");
  });

  it("gives one book up at once for what concerns only it, and all where only the reader can help", () => {
    same(
      (["missing", "forbidden", "rejected", "unsupported"] as Reason[]).map(reason => what(reason, 1)),
      ["fail", "fail", "fail", "fail"],
    );
    same(
      (["auth", "tls", "clock"] as Reason[]).map(reason => what(reason, 1)),
      ["fail all", "fail all", "fail all"],
    );
    same(what("disk", 1), "fail");
  });
});
