import { cloudAccountsOf } from "../../src/core/cloud-accounts";
import { isCloudName } from "../../src/core/cloud-name";
import { percentDecode } from "../../src/core/percent";
import { describe, equal, it, same } from "../support/spec";

describe("a place of KOReader's cloud storage", () => {
  const home = {
    name: "Home",
    type: "webdav",
    address: "https://cloud.example.org/remote.php/dav/files/ann",
    username: "ann",
    password: "secret",
    url: "/Books/Koreader/",
  };
  const account = {
    kind: "webdav",
    name: "Home",
    url: "https://cloud.example.org/remote.php/dav/files/ann",
    folder: "Books/Koreader",
    user: "ann",
    password: "secret",
  } as const;

  it("is copied", () => {
    same(cloudAccountsOf([home]), [account]);
  });

  it("has the password that LuaSocket would send", () => {
    const [found] = cloudAccountsOf([{ ...home, password: "a%41%zz%" }]);
    same(found, { ...account, password: "aA%zz%" });
  });

  it("may keep name and password in its address", () => {
    const address = "HTTP://ann:se%20cret@nas.lan:5005/dav";
    const url = "HTTP://nas.lan:5005/dav";
    same(cloudAccountsOf([{ name: "", type: "webdav", address }]), [
      { kind: "webdav", name: url, url, folder: "", user: "ann", password: "se cret" },
    ]);
    same(cloudAccountsOf([{ ...home, address: "https://x:y@nas.lan", url: "" }]), [
      { ...account, url: "https://nas.lan", folder: "" },
    ]);
  });

  it("is told of when Ribbon cannot use it yet", () => {
    const others = [
      { name: "Box", type: "dropbox", address: "KEY:SECRET", password: "token", url: "/" },
      { name: "", type: "ftp", address: "ftp://example.org" },
      { name: "New", type: "sftp" },
    ];
    same(cloudAccountsOf(others), [
      { kind: "dropbox", name: "Box" },
      { kind: "ftp", name: "ftp" },
      { kind: "other", name: "New" },
    ]);
  });

  it("is passed over when it makes no sense", () => {
    same(cloudAccountsOf("text"), []);
    same(cloudAccountsOf([1, "x", {}, { type: 7 }, { type: "webdav" }, { type: "webdav", address: "ftp://x" }]), []);
    same(cloudAccountsOf(Array.from({ length: 60 }, () => home)).length, 50);
  });
});

describe("the name of a file in the cloud", () => {
  it("is plain", () => {
    equal(isCloudName("abcdefghij-000001-d-12345-0123456789abcdef.txt"), true);
    equal(isCloudName("README.txt"), true);
    for (const name of ["", ".", "..", ".a", "-a", "a/b", "a b", "ä", "a\n", "a\0", "a%41", `${"x".repeat(100)}y`])
      equal(`${name} ${isCloudName(name)}`, `${name} false`);
  });

  it("is not that of a copy which Syncthing made", () => {
    equal(isCloudName("a.sync-conflict-20261121-164000-ABCDEFG.txt"), false);
  });
});

describe("percent-encoding", () => {
  it("is undone once", () => {
    equal(percentDecode("a%20b%2Fc%2fd"), "a b/c/d");
    equal(percentDecode("%2541%zz%4"), "%41%zz%4");
    equal(percentDecode("plain"), "plain");
  });
});
