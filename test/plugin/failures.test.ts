// Everything that can go wrong between a reader and a server: each has its reason, which the first line of the menu says, its
// message, which a test says, and its rule, which decides what becomes of what waits. (What a socket can do in detail is in
// test/http.)
import { describe, expect } from "vitest";
import { openMenu, statusInMenu, tapFor } from "../support/node/menu-test";
import { ASH, closeAll, type Household, pluginTest as test, readBook, settle } from "../support/node/plugin-test";
import type { Hand } from "../support/node/hand";
import type { Fault } from "../support/node/proxy";

/** Waits and is sent without a touch; is shown to the reader, who decides; or waits until the reader puts it right or asks. */
type Rule = "retry" | "park" | "ask";

interface Case {
  readonly what: string;
  /** How it goes wrong. */
  readonly fault: Fault | ((home: Household, hand: Hand) => Promise<void>);
  /** In the first line of the menu. */
  readonly reason: RegExp;
  /** What a test says. */
  readonly message: RegExp;
  readonly rule: Rule;
}

const JSON_TYPE = { "content-type": "application/json" };
const status = (code: number): Fault => ({ kind: "status", status: code });
const moved = (code: number, location: string): Fault => ({
  kind: "answer",
  status: code,
  headers: { Location: location },
  body: "",
});

/** On a fake clock nothing is ever late: here every wait for a socket takes its time, or is cut short and takes it all the same. */
const WAITS_TAKE_TIME = `local socket, time = require("socket"), require("ui/time")
  local select, now, ahead = socket.select, time.now, 0
  time.now = function() return now() + time.s(ahead) end
  socket.select = function(readers, writers, seconds)
    if seconds == nil or seconds <= 0 then return select(readers, writers, seconds) end
    local ready, open, problem = select(readers, writers, math.min(seconds, 0.2))
    ahead = ahead + (problem and seconds or 2)
    return ready, open, problem
  end`;

const CASES: readonly Case[] = [
  {
    what: "Wi-Fi is out of range",
    fault: (_home, hand) => hand.loseWifi(),
    reason: /^1 session waits for Home$/,
    message: /turn on Wi-Fi/,
    rule: "retry",
  },
  {
    what: "the network leads nowhere",
    fault: async (_home, hand) => {
      await hand.run(`local socket = require("socket")
        local tcp = socket.tcp
        socket.tcp = function() return nil, "Network is unreachable" end
        mend = function() socket.tcp = tcp end`);
    },
    reason: /waits: no network/,
    message: /^There is no network/,
    rule: "retry",
  },
  {
    what: "the name is not found",
    fault: async (_home, hand) => {
      await hand.run(`local dns = require("socket").dns
        local look_up = dns.getaddrinfo
        dns.getaddrinfo = function() return nil, "host or service not provided, or not known" end
        mend = function() dns.getaddrinfo = look_up end`);
    },
    reason: /waits: Home was not found/,
    message: /^The name in this address was not found:\nhttp:\/\/localhost:/,
    rule: "retry",
  },
  {
    what: "the look-up of the name hangs, until the worker is ended at its deadline",
    fault: (_home, hand) => hand.secondsPerJob(90),
    reason: /waits: Home does not answer/,
    message: /^No answer in time/,
    rule: "retry",
  },
  {
    what: "nobody listens",
    fault: home => home.proxy.refuse(),
    reason: /waits: Home does not answer/,
    message: /^Nothing answers at this address/,
    rule: "retry",
  },
  {
    what: "it accepts and stays silent",
    fault: { kind: "silence" },
    reason: /waits: Home does not answer/,
    message: /^No answer in time/,
    rule: "retry",
  },
  {
    what: "it trickles",
    fault: { kind: "trickle" },
    reason: /waits: Home does not answer/,
    message: /^No answer in time/,
    rule: "retry",
  },
  {
    what: "it hangs up",
    fault: { kind: "reset" },
    reason: /waits: Home has a problem/,
    message: /has a problem of its own/,
    rule: "retry",
  },
  {
    what: "HTML comes with 200",
    fault: { kind: "page", status: 200 },
    reason: /waits: Home is no library server/,
    message: /^What answers at this address is no library server/,
    rule: "retry",
  },
  {
    what: "a web server knows nothing of it: HTML with 404",
    fault: { kind: "page", status: 404 },
    reason: /waits: Home is no library server/,
    message: /^What answers at this address is no library server/,
    rule: "retry",
  },
  {
    what: "JSON is truncated",
    fault: { kind: "answer", status: 200, headers: JSON_TYPE, body: '{"percentage": 0.1, "upd' },
    reason: /waits: Home is no library server/,
    message: /^What answers at this address is no library server/,
    rule: "retry",
  },
  {
    what: "the answer is cut off",
    fault: { kind: "cut", bytes: 8 },
    reason: /waits: Home is no library server/,
    message: /^What answers at this address is no library server/,
    rule: "retry",
  },
  {
    what: "401",
    fault: status(401),
    reason: /waits: Home does not accept the key$/,
    message: /does not accept the key/,
    rule: "ask",
  },
  {
    what: "403",
    fault: status(403),
    reason: /Home refused/,
    message: /knows the key, but does not allow this/,
    rule: "park",
  },
  {
    what: "404 of another program that speaks JSON",
    fault: status(404),
    reason: /^1 session waits for Home/,
    message: /^Home answers, but not as a library server/,
    rule: "ask",
  },
  {
    what: "405 (an old server)",
    fault: status(405),
    reason: /Home refused/,
    message: /does not know what Ribbon asks for/,
    rule: "park",
  },
  {
    what: "409",
    fault: status(409),
    reason: /waits: Home has something newer/,
    message: /has something newer/,
    rule: "retry",
  },
  { what: "422", fault: status(422), reason: /Home refused/, message: /refused the question/, rule: "park" },
  {
    what: "429, and it says when to come back",
    fault: { kind: "answer", status: 429, headers: { ...JSON_TYPE, "Retry-After": "7200" }, body: "{}" },
    reason: /waits: Home is busy, next try (9|1\d):/,
    message: /is busy. Please test again in a minute/,
    rule: "retry",
  },
  {
    what: "500",
    fault: status(500),
    reason: /waits: Home has a problem/,
    message: /has a problem of its own/,
    rule: "retry",
  },
  {
    what: "503 of a proxy",
    fault: { kind: "page", status: 503 },
    reason: /waits: Home has a problem/,
    message: /has a problem of its own/,
    rule: "retry",
  },
  {
    what: "511: the network wants a sign-in",
    fault: { kind: "page", status: 511 },
    reason: /waits: this Wi-Fi wants a sign-in/,
    message: /^This Wi-Fi asks you to sign in first/,
    rule: "retry",
  },
  {
    what: "a redirect to another host",
    fault: moved(302, "http://elsewhere.invalid/login"),
    reason: /waits: Home is no library server/,
    message: /^This address leads on to another one:\nhttp:\/\/elsewhere\.invalid\n/,
    rule: "retry",
  },
  {
    what: "a redirect to another scheme and host",
    fault: moved(308, "https://elsewhere.invalid/"),
    reason: /waits: Home is no library server/,
    message: /^This address leads on to another one:\nhttps:\/\/elsewhere\.invalid\n/,
    rule: "retry",
  },
  {
    what: "a redirect to nowhere",
    fault: moved(301, "ftp://127.0.0.1/"),
    reason: /waits: Home is no library server/,
    message: /^What answers at this address is no library server/,
    rule: "retry",
  },
];

const isFault = (fault: Case["fault"]): fault is Fault => typeof fault !== "function";

async function spoil({ fault }: Case, home: Household, hand: Hand): Promise<void> {
  await hand.run(WAITS_TAKE_TIME);
  if (isFault(fault)) home.proxy.fail(fault);
  else await fault(home, hand);
}

async function mend(home: Household, hand: Hand): Promise<void> {
  await home.proxy.heal();
  await hand.secondsPerJob(0.2);
  await hand.run("if mend then mend() end");
}

describe.each(CASES)("$what", found => {
  test("has its reason, its message and its rule", { timeout: 900_000 }, async ({ home }) => {
    const connection = `url = "${home.proxy.origin.replace("127.0.0.1", "localhost")}"`;
    const { hand, file } = await home.deviceWith(ASH, { connection });
    await readBook(hand, file, 5);
    await hand.openBook(file);
    await settle(hand);
    await hand.turn(10, 20);
    await spoil(found, home, hand);
    await hand.closeBook();
    await hand.advance(100);
    const line = await statusInMenu(hand);
    expect(line).toMatch(found.reason);
    await openMenu(hand, "Servers…");
    await hand.tap("Home");
    await tapFor(hand, "Test");
    await hand.advance(100);
    expect((await hand.screen()).some(text => found.message.test(text) || /Wi-Fi\?/.test(text))).toBe(true);
    await closeAll(hand);
    await mend(home, hand);
    if (line === "1 session waits for Home") await hand.regainWifi();
    await hand.advance(4 * 3600);
    expect(home.turns()).toEqual(found.rule === "retry" ? [5, 10] : [5]);
    if (found.rule === "retry") return;
    await openMenu(hand, "Sync now");
    await settle(hand);
    expect(home.turns()).toEqual(found.rule === "ask" ? [5, 10] : [5]);
    if (found.rule === "park") expect((await openMenu(hand)).join()).toContain("refused");
  });
});
