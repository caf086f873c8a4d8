import "../support/lua/koreader-modules";
import { failure, success } from "../../src/core/result";
import type { BodySink } from "../../src/ports/http";
import {
  accountAt,
  type Dav,
  davAt,
  freshDav,
  PASS,
  places,
  reasonOf,
  type Server,
  serverOf,
  servers,
  sorted,
  tell,
  valueOf,
} from "../support/lua/cloud";
import { describe, equal, it, ok, same } from "../support/spec";

/** As many places as a session is cut at, each way. */
const SAMPLES = 14;
const FILES: readonly (readonly [name: string, bytes: string])[] = [
  ["one.txt", "1"],
  ["two.txt", string.rep("two ", 300)],
  ["three.txt", string.rep("33333 ", 4000)],
];

interface Session {
  readonly put: string[];
  readonly lies: string[];
}

/** What a sync does, whatever fails; tells what was said to have worked, and what was said and is not so. */
function run({ folder }: Dav): Session {
  const put: string[] = [];
  const lies: string[] = [];
  folder.makeRoot();
  for (const [name, bytes] of FILES) if (folder.put(name, bytes).ok) put.push(name);
  const listing = folder.list();
  for (const name of listing.ok ? put : []) {
    const [, bytes = ""] = FILES.find(([each]) => each === name) ?? [];
    const found = listing.ok && listing.value.files.some(file => file.name === name && file.size === bytes.length);
    if (!found) lies.push(`${name} is not listed`);
  }
  for (const [name, bytes] of FILES) {
    const got = folder.get(name, 100_000);
    if (got.ok && got.value !== bytes && put.includes(name)) lies.push(`${name} came with ${got.value.length} bytes`);
  }
  if (folder.delete("one.txt").ok && folder.get("one.txt", 10).ok) lies.push("one.txt is still there");
  folder.close();
  return { put, lies };
}

/** Everything is there after one more session without faults. */
function checkHealed(server: Server, dav: Dav, where: string): void {
  tell({ server: server.name, fault: PASS });
  const healed = run(dav);
  same({ where, put: healed.put.length, lies: healed.lies }, { where, put: FILES.length, lies: [] });
  same(sorted(valueOf(dav.folder.list()).files.map(({ name }) => name)), ["three.txt", "two.txt"]);
  equal(valueOf(dav.folder.list()).others, 0);
}

function checkCuts(server: Server, kind: "cut" | "cutRequest"): void {
  const probe = freshDav(server);
  tell({ server: server.name, fault: PASS });
  run(probe);
  const { bytesUp, bytesDown } = tell({ server: server.name });
  const total = kind === "cut" ? bytesDown : bytesUp;
  ok(total > 5000, `a whole session: ${total} bytes`);
  const dav = freshDav(server);
  for (const sample of $range(0, SAMPLES - 1)) {
    // Close together at the beginning, where sign-in and folders are.
    const afterBytes = Math.floor(total * (sample / SAMPLES) ** 2) + sample;
    tell({ server: server.name, fault: PASS, next: [{ kind, afterBytes }] });
    const { lies } = run(dav);
    same({ kind, afterBytes, lies }, { kind, afterBytes, lies: [] });
    checkHealed(server, dav, `${kind} after ${afterBytes}`);
  }
}

for (const server of servers) {
  describe(`a bad network before ${server.name}`, () => {
    it("loses nothing where answers are cut", () => {
      checkCuts(server, "cut");
    });

    it("loses nothing where requests are cut", () => {
      checkCuts(server, "cutRequest");
    });

    it("is asked whether a file arrived whose answer was lost", () => {
      const { folder, http } = freshDav(server);
      valueOf(folder.makeRoot());
      folder.close();
      http.sent = [];
      tell({ server: server.name, next: [{ kind: "dropAnswer" }] });
      valueOf(folder.put("a.txt", "there"));
      equal(http.methods(), "PUT PROPFIND");
      equal(valueOf(folder.get("a.txt", 10)), "there");
      folder.close();
      tell({ server: server.name, next: [{ kind: "dropAnswer" }] });
      valueOf(folder.delete("a.txt"));
      folder.close();
      tell({ server: server.name, next: [{ kind: "dropAnswer" }] });
      valueOf(folder.makeRoot());
      same(valueOf(folder.list()).files, []);
    });

    it("leaves open what nobody can tell", () => {
      const { folder } = freshDav(server);
      valueOf(folder.makeRoot());
      folder.close();
      tell({ server: server.name, fault: { kind: "dropAnswer" } });
      const put = folder.put("a.txt", "there");
      tell({ server: server.name, fault: PASS });
      equal(!put.ok && put.failure.sent === true, true);
    });

    it("sends again on a kept connection that has ended", () => {
      for (const verb of ["list", "put", "delete", "makeRoot"] as const) {
        const { folder } = freshDav(server);
        tell({ server: server.name, fault: PASS, next: [{ kind: "pass" }] });
        valueOf(folder.makeRoot());
        tell({ server: server.name, fault: PASS });
        const answers = {
          list: () => folder.list(),
          put: () => folder.put("a.txt", "a"),
          delete: () => folder.delete("a.txt"),
        };
        equal(`${verb} ${reasonOf(verb === "makeRoot" ? folder.makeRoot() : answers[verb]())}`, `${verb} ok`);
      }
    });
  });

  describe(`signing in at ${server.name}`, () => {
    it("asks once unsigned, and never again", () => {
      const { folder, http, client } = freshDav(server);
      valueOf(folder.makeRoot());
      valueOf(folder.put("a.txt", "a"));
      equal(http.sent.filter(({ headers }) => headers["Authorization"] === undefined).length, 1);
      const again = davAt(accountAt(server), "", client.learnt());
      valueOf(again.folder.list());
      equal(again.http.sent.length, 1);
    });

    it("says that the password is wrong, after two requests", () => {
      const { folder, http } = davAt(accountAt(server, { password: "wrong" }), "");
      equal(reasonOf(folder.list()), "auth");
      equal(http.sent.length, 2);
    });

    it("learns anew what a server that forgot its nonce wants", () => {
      const { client } = freshDav(server);
      const { folder, http } = davAt(accountAt(server), "", {
        scheme: "digest",
        terms: { realm: "another", nonce: "old", algorithm: "MD5", hasQop: true },
        count: 7,
      });
      valueOf(folder.list());
      equal(http.sent.length, 2);
      equal(client.learnt(), undefined);
    });

    it("lists two hundred files by one request", () => {
      const { folder, http } = freshDav(server);
      valueOf(folder.makeRoot());
      for (const number of $range(1, 200)) valueOf(folder.put(`file-${number}.txt`, "x"));
      http.sent = [];
      equal(valueOf(folder.list()).files.length, 200);
      equal(http.methods(), "PROPFIND");
    });
  });
}

describe("a share that is only to be read", () => {
  const server = serverOf("apache readonly");
  if (server === undefined) return;

  it("can be listed, and forbids the rest", () => {
    const { folder } = davAt(accountAt(server), "");
    same(valueOf(folder.list()), { files: [], others: 0 });
    equal(reasonOf(folder.put("a.txt", "a")), "forbidden");
    equal(reasonOf(folder.delete("a.txt")), "forbidden");
    equal(reasonOf(davAt(accountAt(server), "new/folder").folder.makeRoot()), "forbidden");
  });
});

describe("a server without room", () => {
  const server = serverOf("apache small");
  if (server === undefined || places.small === "") return;

  it("says that it is the server that has none", () => {
    const { folder } = davAt(accountAt(server), "");
    valueOf(folder.put("a.txt", "a"));
    const put = folder.put("large.txt", string.rep("x", 400_000));
    equal(reasonOf(put), "disk");
    equal(!put.ok && put.failure.at !== undefined, true);
    equal(valueOf(folder.get("a.txt", 10)), "a");
    valueOf(folder.delete("a.txt"));
  });
});

describe("a device without room", () => {
  it("is not taken for a server that has none", () => {
    const [server] = servers;
    if (server === undefined) return;
    const account = accountAt(server);
    const { client, folder } = davAt(account, "");
    valueOf(folder.put("a.txt", "a"));
    const into: BodySink = {
      begin: () => success(true),
      write: () => failure({ reason: "disk", detail: "no room for 1 byte" }),
    };
    const got = client.send({ method: "GET", url: `${account.url}a.txt`, headers: {}, into });
    equal(reasonOf(got), "disk");
    equal(got.ok ? "" : got.failure.at, undefined);
    valueOf(folder.delete("a.txt"));
  });
});
