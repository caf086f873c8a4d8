// The library of a device, asked below its screens: what the built plugin's own screens are given.
import type { BookDetails, CatalogueBook, ListEntry, ListKey, ReadState } from "../../../src/core/catalogue";
import type { Reason } from "../../../src/core/failure";
import type { Hand } from "./hand";
import { FIND_LIBRARY, lua } from "./library";

const FIND = `
  ${FIND_LIBRARY}
  the_answers = the_answers or {}
  local browse = the_library.browse
  local function answer(name) return function(result) the_answers[name] = result end end
`;

/** What one question was answered. */
export type Answered<Value> = { ok: true; value: Value } | { ok: false; failure: { reason: Reason; version?: string } };

export interface Seen {
  readonly count: number;
  readonly fetchedAt: number;
  readonly ignoredFilters: readonly string[];
  readonly lines: readonly ListEntry[];
}

/** A list as its first lines; the object stays where it can be asked for more. */
const SHOW = `
  local function show(list, first, most)
    if not list then return nil end
    the_list = list
    local array = require("rapidjson").array
    local filters = {}
    for i, name in ipairs(list.ignoredFilters) do filters[i] = name end
    local lines = list.lines
    local entries = lines(list, first or 0, most or 60)
    return { count = list.count, fetchedAt = list.fetchedAt, ignoredFilters = array(filters), lines = array(entries) }
  end
`;

export class BrowseHand {
  private asked = 0;

  constructor(
    readonly hand: Hand,
    private readonly connection = "main",
  ) {}

  /** A value as Lua writes it. */
  static readonly lua = lua;

  /** Runs Lua with the library as `browse` and the connection as `id`. */
  run(code: string): Promise<unknown> {
    return this.hand.run(`${FIND} ${SHOW} local id = ${lua(this.connection)} ${code}`);
  }

  async sections(): Promise<ListKey["kind"][]> {
    return (await this.run("return browse:sections(id)")) as ListKey["kind"][];
  }

  async libraries(): Promise<string[]> {
    const found = await this.run(
      `local names = {} for _, c in ipairs(browse:libraries()) do table.insert(names, c.name) end
       return require("rapidjson").array(names)`,
    );
    return found as string[];
  }

  async seen(list: ListKey, first = 0, most = 60): Promise<Seen | undefined> {
    const seen = await this.run(`return show(browse:seen(id, ${lua(list)}), ${first}, ${most})`);
    return (seen ?? undefined) as Seen | undefined;
  }

  /** Lines of the list that was shown last, as if its screen were still there. */
  async linesOfLast(first: number, most: number): Promise<ListEntry[]> {
    return ((await this.run(`return show(the_list, ${first}, ${most})`)) as Seen).lines as ListEntry[];
  }

  async refresh(list: ListKey, byTap = true): Promise<Answered<Seen>> {
    return (await this.ask(
      done => `browse:refresh(id, ${lua(list)}, ${byTap}, ${done})`,
      "answered.value = show(answered.value)",
    )) as Answered<Seen>;
  }

  async allBooks(list: ListKey): Promise<Answered<CatalogueBook[]>> {
    return (await this.ask(done => `browse:allBooks(id, ${lua(list)}, ${done})`)) as Answered<CatalogueBook[]>;
  }

  async details(book: CatalogueBook): Promise<Answered<BookDetails>> {
    return (await this.ask(done => `browse:details(id, ${lua(book)}, ${done})`)) as Answered<BookDetails>;
  }

  async mark(remoteId: string, state: ReadState): Promise<Answered<true>> {
    return (await this.ask(done => `browse:mark(id, ${lua(remoteId)}, ${lua(state)}, ${done})`)) as Answered<true>;
  }

  /** Asks, and gives the files that have come so far; `coversSoFar` gives them later. */
  async covers(remoteIds: readonly string[]): Promise<Record<string, string>> {
    await this.run(
      `the_covers = {}
       the_cancel = browse:covers(id, ${lua(remoteIds)}, function(remoteId, file)
         assert(the_covers[remoteId] == nil, "a cover was told twice")
         the_covers[remoteId] = file
       end)`,
    );
    return this.coversSoFar();
  }

  async cancelCovers(): Promise<void> {
    await this.run("the_cancel()");
  }

  async coversSoFar(): Promise<Record<string, string>> {
    return (await this.run("return the_covers")) as Record<string, string>;
  }

  async onDevice(remoteIds: readonly string[]): Promise<Record<string, string>> {
    return (await this.run(
      `local found = {}
       local there = browse:onDevice(id, ${lua(remoteIds)})
       for _, remoteId in ipairs(${lua(remoteIds)}) do
         local one = there:get(remoteId)
         if one then found[remoteId] = one.file end
       end
       return found`,
    )) as Record<string, string>;
  }

  async recentSearches(): Promise<string[]> {
    const words = await this.run('return require("rapidjson").array(browse:recentSearches(id))');
    return words as string[];
  }

  /** Begins a question and leaves it open. */
  async begin(code: (done: string) => string): Promise<string> {
    this.asked += 1;
    const name = `q${this.asked}`;
    await this.run(`the_question = ${code(`answer("${name}")`)}`);
    return name;
  }

  /** The answer, once it is there; it is given once. */
  async answerTo(name: string, shape = ""): Promise<unknown> {
    const code = `local answered = the_answers["${name}"] if not answered then return nil end
      the_answers["${name}"] = nil
      if answered.ok then ${shape} end return answered`;
    return (await this.run(code)) ?? undefined;
  }

  private async ask(code: (done: string) => string, shape = ""): Promise<unknown> {
    const name = await this.begin(code);
    for (let waited = 0; waited < 130; waited += 1) {
      const answered = await this.answerTo(name, shape);
      if (answered !== undefined) return answered;
      await this.hand.advance(0.5);
    }
    throw new Error("the question was never answered");
  }
}
