import "../support/lua/koreader-modules";
import { davAt, hostileDav, places, reasonOf, valueOf } from "../support/lua/cloud";
import { describe, equal, it, ok, same } from "../support/spec";

describe("a hostile server's listing", () => {
  it("gives names in the folder itself, that could be ours, and each once", () => {
    const { files, others } = valueOf(hostileDav("names").folder.list());
    same(files, [{ name: "good.txt", size: 5 }]);
    equal(others, 16);
  });

  it("is read in every style that servers write", () => {
    const { files, others } = valueOf(hostileDav("styles").folder.list());
    same(files, [{ name: "absolute.txt", size: 1 }, { name: "cdata.txt", size: 2 }, { name: "entity.txt" }]);
    equal(others, 1);
  });

  it("has sizes that are numbers, or none", () => {
    same(valueOf(hostileDav("size").folder.list()).files, [{ name: "a.txt" }, { name: "b.txt" }, { name: "c.txt" }]);
  });

  for (const kind of [
    "bomb",
    "entity",
    "deep",
    "cut",
    "astray",
    "crossed",
    "html",
    "other",
    "longtag",
    "longtext",
    "empty",
  ]) {
    it(`is none: ${kind}`, () => {
      equal(reasonOf(hostileDav(kind).folder.list()), "garbled");
    });
  }

  it("has 20,000 files and no more", () => {
    equal(valueOf(hostileDav("many20000").folder.list()).files.length, 20_000);
    equal(reasonOf(hostileDav("many20001").folder.list()), "rejected");
  });

  it("takes no more memory than its limit, however long it is", () => {
    for (const kind of ["sized", "endless", "many400000"]) {
      collectgarbage();
      const before = collectgarbage("count");
      equal(reasonOf(hostileDav(kind).folder.list()) === "ok", false);
      collectgarbage();
      ok(collectgarbage("count") - before < 1000, `${kind} keeps ${collectgarbage("count") - before} KiB`);
    }
  });
});

describe("a hostile server's file", () => {
  it("is refused when it is too long, without being read", () => {
    equal(reasonOf(hostileDav("sized").folder.get("a.txt", 100)), "garbled");
    equal(reasonOf(hostileDav("endless").folder.get("a.txt", 100)), "garbled");
  });

  it("is no page for people", () => {
    const { folder } = hostileDav("portal");
    for (const result of [folder.get("a.txt", 1000), folder.put("a.txt", "a"), folder.delete("a.txt"), folder.list()])
      equal(reasonOf(result), "garbled");
    equal(reasonOf(folder.makeRoot()), "garbled");
  });
});

describe("a server that is never content", () => {
  const asked = (kind: string): string => {
    const { folder, http } = hostileDav(kind);
    return `${reasonOf(folder.put("a.txt", "a"))} ${http.sent.length}`;
  };

  it("is asked three times at most", () => {
    equal(asked("loop"), "auth 3");
    equal(asked("wrong"), "auth 2");
    equal(asked("wrongdigest"), "auth 2");
  });

  it("gets no password when it wants it in a way that we do not know", () => {
    for (const kind of ["ntlm", "integrity", "silent"]) equal(asked(kind), "unsupported 1");
  });

  it("gets nothing that may be secret on another host", () => {
    equal(reasonOf(hostileDav("stranger").folder.put("a.txt", "a")), "garbled");
  });
});

describe("the password", () => {
  it("does not travel the internet in the open, unless the reader said so", () => {
    const url = "http://cloud.example.org/dav/";
    const { folder, http } = davAt({ url, user: "u", password: "p" }, "", { scheme: "basic" });
    const listed = folder.list();
    equal(reasonOf(listed), "tls");
    equal(!listed.ok && listed.failure.inTheOpen === true, true);
    equal(http.sent.length, 0);
  });
});

describe("a status", () => {
  const REASONS: Readonly<Record<number, string>> = {
    400: "rejected",
    402: "rejected",
    403: "forbidden",
    404: "missing",
    405: "unsupported",
    409: "missing",
    410: "missing",
    412: "conflict",
    413: "rejected",
    423: "busy",
    429: "busy",
    500: "server",
    501: "unsupported",
    502: "server",
    503: "busy",
    504: "server",
    507: "disk",
    511: "portal",
  };

  for (const [status, reason] of Object.entries(REASONS)) {
    it(`${status} means ${reason}`, () => {
      const listed = hostileDav(`status${status}`).folder.list();
      equal(reasonOf(listed), reason);
      equal(listed.ok ? 0 : (listed.failure.retryAfter ?? 0), 7);
    });
  }

  it("of a file that is deleted may say that it is gone", () => {
    equal(reasonOf(hostileDav("status404").folder.delete("a.txt")), "ok");
    equal(reasonOf(hostileDav("status410").folder.delete("a.txt")), "ok");
    equal(places.hostile > 0, true);
  });
});
