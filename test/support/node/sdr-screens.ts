// The screens of the highlights' sync, over a sync that does what a spec says (test/support/lua/fake-sdr.ts).
import path from "node:path";
import type { Hand } from "./hand";
import { FIND_LIBRARY, lua } from "./library";

/** Lua that leaves the fake in `the_fake`, and what the screens are given in `the_ports`. */
const MAKE = `${FIND_LIBRARY}
  package.path = ${JSON.stringify(`${path.resolve("build/lua")}/?.lua;`)} .. package.path
  the_fakes = require("test.support.lua.fake-sdr")
  local overview = the_require("src.app.start").ribbon().screens().overview
`;

export class SdrScreens {
  private constructor(readonly hand: Hand) {}

  /** A device that has synced for weeks, or one that never did. */
  static async on(hand: Hand, kind: "filled" | "empty" = "filled"): Promise<SdrScreens> {
    await hand.run(`${MAKE} the_fake = the_fakes.${kind}Sdr() the_ports = { overview = overview, sdr = the_fake }`);
    return new SdrScreens(hand);
  }

  /** Sets fields of the fake. */
  async have(fields: Record<string, unknown>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) await this.hand.run(`the_fake.${name} = ${lua(value)}`);
  }

  /** Opens the home screen, or another of the part's ways in, and gives what can be read. */
  async open(way: "showHighlights" | "syncHighlights" | "offerStaged" = "showHighlights"): Promise<string[]> {
    await this.hand.run(`the_require("src.ui.sdr").${way}(the_ports)`);
    return this.hand.screen();
  }

  async finish(fields: Record<string, unknown> = {}): Promise<string[]> {
    await this.have(fields);
    await this.hand.run("the_fake:finish()");
    return this.hand.screen();
  }

  /** Taps one after another, and gives what can be read then. */
  async tap(...texts: string[]): Promise<string[]> {
    for (const text of texts) await this.hand.tap(text);
    return this.hand.screen();
  }

  /** What the screens asked the sync to do, in order. */
  async calls(): Promise<string[]> {
    return (await this.hand.run('return require("rapidjson").array(the_fake.calls)')) as string[];
  }

  async watchers(): Promise<number> {
    return (await this.hand.run("return the_fake:watcherCount()")) as number;
  }
}

/** The text of a dialog that says it, with all that stands there. */
export const saying = (screen: readonly string[], part: string): string =>
  screen.findLast(text => text.includes(part)) ?? `nothing says “${part}”: ${screen.join(" / ")}`;
