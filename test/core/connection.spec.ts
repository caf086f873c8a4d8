import { type AddressProblem, normalizeAddress } from "../../src/core/connection";
import { describe, it, same } from "../support/spec";

describe("an address as a thumb types it", () => {
  const good: [typed: string, address: string][] = [
    ["http://192.168.1.20:8080", "http://192.168.1.20:8080"],
    [" library.home/ ", "http://library.home"],
    ["https://example.org/tome//", "https://example.org/tome"],
    ["192.168.1.20 :8080", "http://192.168.1.20:8080"],
    ["http://library.home:8080/#/login", "http://library.home:8080"],
    ["http://library.home/tome/?page=1", "http://library.home/tome"],
    ["https://[fd00::1]:8443", "https://[fd00::1]:8443"],
  ];
  for (const [typed, address] of good) {
    it(`"${typed}" is ${address}`, () => {
      same(normalizeAddress(typed), { ok: true, value: address });
    });
  }

  const bad: [typed: string, problem: AddressProblem][] = [
    ["", "empty"],
    ["   ", "empty"],
    ["ftp://example.org", "scheme"],
    ["http:///books", "host"],
    ["http://", "host"],
    ["ftp://", "scheme"],
    ["http://me:secret@library.home", "login"],
    ["library.home:99999", "port"],
    ["library.home:eighty", "port"],
  ];
  for (const [typed, problem] of bad) {
    it(`"${typed}" is refused: ${problem}`, () => {
      same(normalizeAddress(typed), { ok: false, failure: problem });
    });
  }
});
