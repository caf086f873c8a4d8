import { addressWords } from "../../src/core/diagnosis/address-words";
import { without } from "../../src/core/diagnosis/known";
import { redact, redactLines } from "../../src/core/diagnosis/redact";
import { describe, equal, it } from "../support/spec";

describe("a line of the log", () => {
  const cases: [line: string, redacted: string][] = [
    ["main: timeout (no answer), next try in 12 s", "main: timeout (no answer), next try in 12 s"],
    ["last call: 120 ms at 20:14:03", "last call: 120 ms at 20:14:03"],
    ["KOReader v2026.07.2-88 on LuaJIT 2.1.0", "KOReader v2026.07.2-88 on LuaJIT 2.1.0"],
    ["moved to https://books.example.org/login?next=Dune Messiah", "moved to (address)"],
    ["refused (192.168.1.20 port 8080: connection refused)", "refused ((address) port 8080: connection refused)"],
    ["at [fe80::1%wlan0]:8080 nobody", "at [(address) nobody"],
    ["nas.lan:8080: host not found", "(host) host not found"],
    ["mail to jane@example.org", "mail to (name)"],
    ["the key tk_Zq81 was refused", "the key (secret) was refused"],
    ["server-0f3c2a771b9e4d10: auth", "(secret) auth"],
    ["Authorization: Bearer abc def", "Authorization: (secret)"],
    ["cannot open /mnt/us/books/Dune: Messiah (2).epub: No such file or directory", "cannot open (path) No such file or directory"], // prettier-ignore
    ["cannot open ./books/Dune Messiah.epub", "cannot open (path)"],
    ["C:\\Users\\Jane\\Dune Messiah.epub", "(path)"],
    ['the answer says "Dune Messiah" is lent', "the answer says (quoted) is lent"],
    ['the answer says "Dune Messiah is lent', "the answer says (quoted)"],
    [
      "/home/jane/.config/koreader/plugins/ribbon.koplugin/ribbon.lua:12: attempt to index field 'book'",
      "ribbon.koplugin/ribbon.lua:12: attempt to index field 'book'",
    ],
    ["frontend/ui/uimanager.lua:1079: in function <frontend/ui/uimanager.lua:1066>", "frontend/ui/uimanager.lua:1079: in function <frontend/ui/uimanager.lua:1066>"], // prettier-ignore
    ["an answer of text/html and/or nothing", "an answer of text/html and/or nothing"],
  ];
  for (const [line, redacted] of cases) {
    it(`"${line.slice(0, 50)}" tells nothing of the reader`, () => {
      equal(redact(line), redacted);
      equal(redact(redacted), redacted);
    });
  }

  it("is told apart from its neighbours", () => {
    equal(redactLines("see /a b\n3 of 4"), "see (path)\n3 of 4");
  });
});

describe("what is known of the reader", () => {
  it("is taken out however it is written, the longest first", () => {
    const known = [
      { value: "Dune", as: "title" },
      { value: "Dune Messiah", as: "title" },
      { value: "it", as: "title" },
    ] as const;
    equal(without("DUNE MESSIAH, dune, it", known), "(title), (title), it");
    equal(without("Kelvin \u212A dune", known), "Kelvin \u212A (title)");
  });
});

describe("an address", () => {
  const cases: [url: string, words: string][] = [
    ["http://127.0.0.1:8080", "http, port 8080, this device itself, path of 0"],
    ["http://192.168.1.20:8080/a/b", "http, port 8080, an address of a home network, path of 2"],
    ["https://nas.lan", "https, port 443, a name of a home network, path of 0"],
    ["https://books.example.org/tome", "https, port 443, a public name, path of 1"],
    ["https://1.2.3.4", "https, port 443, a public address, path of 0"],
    ["books", "an address that cannot be read"],
  ];
  for (const [url, words] of cases) {
    it(`${url} is described, not told`, () => {
      equal(addressWords(url), words);
    });
  }
});
