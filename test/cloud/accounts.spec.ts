import "../support/lua/koreader-modules";
import lfs = require("libs/libkoreader-lfs");
import type { CloudAccount } from "../../src/core/cloud-accounts";
import { cloudAccounts } from "../../src/koreader/cloud-accounts";
import { freshName, places } from "../support/lua/cloud";
import { describe, equal, it, same } from "../support/spec";

/** As `LuaSettings:flush` of v2026.03 writes it. */
const BEFORE_2026_07 = `-- ./settings/cloudstorage.lua
return {
    ["cs_servers"] = {
        [1] = {
            ["address"] = "https://nas.lan/dav",
            ["name"] = "NAS",
            ["password"] = "pass\\"word",
            ["type"] = "webdav",
            ["url"] = "/Books",
            ["username"] = "ann",
        },
    },
    ["download_dir"] = "/mnt/us",
}
`;
/** The plugin of v2026.07 and later, which adds fields. */
const SINCE_2026_07 = BEFORE_2026_07.split('["type"]').join('["order"] = 1,\n["collate"] = "strcoll",\n["type"]');

const ACCOUNT: CloudAccount = {
  kind: "webdav",
  name: "NAS",
  url: "https://nas.lan/dav",
  folder: "Books",
  user: "ann",
  password: 'pass"word',
};

/** Runs a test on a device whose settings are these files. */
function withSettings(files: Readonly<Record<string, string>>, test: () => void): void {
  const root = `${places.local}/${freshName(places.local)} settings`;
  const before = lfs.currentdir();
  for (const path of [`${places.local}/own books`, root, `${root}/settings`]) lfs.mkdir(path);
  for (const [name, text] of Object.entries(files)) {
    const [file] = io.open(`${root}/settings/${name}`, "wb");
    file?.write(text);
    file?.close();
  }
  const chdir = (lfs as unknown as { chdir: (this: void, path: string) => void }).chdir;
  chdir(root);
  try {
    test();
    for (const [name, text] of Object.entries(files)) {
      const [file] = io.open(`settings/${name}`, "rb");
      equal(file?.read("*a"), text);
      file?.close();
    }
  } finally {
    chdir(before);
  }
}

describe("KOReader's cloud storage", () => {
  it("is read in both generations, and left as it was", () => {
    for (const text of [BEFORE_2026_07, SINCE_2026_07])
      withSettings({ "cloudstorage.lua": text }, () => {
        same(cloudAccounts(), [ACCOUNT]);
      });
  });

  it("is read from the file before when the last one broke", () => {
    withSettings({ "cloudstorage.lua": "return {", "cloudstorage.lua.old": BEFORE_2026_07 }, () => {
      same(cloudAccounts(), [ACCOUNT]);
    });
  });

  it("is none without a file, or with one that wants to do something", () => {
    withSettings({}, () => {
      same(cloudAccounts(), []);
    });
    withSettings({ "cloudstorage.lua": 'os.execute("touch ran") return { cs_servers = {} }' }, () => {
      same(cloudAccounts(), []);
      equal(lfs.attributes("ran", "mode"), undefined);
    });
  });
});
