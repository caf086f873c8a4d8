import type { Answer } from "../tome/answer";
import type { Endpoint } from "../tome/endpoint";
import { intercept, type Fault } from "./fault";

/** Releases of Tome that clients will meet. */
export type Profile = "1.6" | "2.0" | "2.3" | "2.6";

/** What Shelf tells devices beyond any Tome. */
const NEVER = Infinity;

/** The release with which a route came; what is not here is older than 1.6. The first beginning that fits counts. */
const SINCE: readonly (readonly [string, number])[] = [
  ["/api/tome-sync/recent", NEVER],
  ["/api/tome-sync/up-next", NEVER],
  ["/api/tome-sync/books/", NEVER],
  ["/api/tome-sync/stats/rename-device", 2.3],
  ["/api/tome-sync/stats/", 1.7],
  ["/api/tome-sync/authors", 2],
  ["/api/tome-sync/author-books", 2],
  ["/api/tome-sync/search", 2],
  ["/api/tome-sync/shelves", 2],
  ["/api/tome-sync/shelf-books", 2],
  ["/api/tome-sync/status/", 2],
  ["/api/tome-sync/sweep/", 2],
  ["/api/tome-sync/match-hashes", 2],
];

/** What an entry of a book does not yet say. */
const YOUNG_FIELDS = { series: 2, status: 2, book_type: 1.8 };
const HASHES_SINCE = 1.8;

interface Versions {
  readonly tome: string;
  readonly build: number;
  readonly semver: string;
}

/** Of the builds in 1.6 and 2.0 we do not know the version in three parts. */
const VERSIONS: Readonly<Record<Profile, Versions>> = {
  "1.6": { tome: "1.6.0", build: 20, semver: "0.0.0" },
  "2.0": { tome: "2.0.0", build: 36, semver: "0.0.0" },
  "2.3": { tome: "2.3.0", build: 41, semver: "1.14.0" },
  "2.6": { tome: "2.6.0", build: 47, semver: "1.16.1" },
};

/** Makes Shelf look like another release: routes that it did not have are unknown paths. Younger ones are not added. */
export function profileFaults(profile: Profile): Fault[] {
  const version = Number(profile);
  return [hideRoutes(version), stripEntries(version), ignoreHashes(version), tellVersion(VERSIONS[profile])];
}

function hideRoutes(version: number): Fault {
  return endpoint => (sinceOf(endpoint) > version ? undefined : endpoint);
}

function sinceOf({ path }: Endpoint): number {
  return SINCE.find(([beginning]) => path.startsWith(beginning))?.[1] ?? 0;
}

function stripEntries(version: number): Fault {
  const hidden = Object.entries(YOUNG_FIELDS).filter(([, since]) => since > version);
  const names = hidden.map(([name]) => name);
  return intercept(
    ({ path }) => path.startsWith("/api/tome-sync/series/"),
    async (_incoming, proceed) => {
      const answer = await proceed();
      const body = answer.body as { readonly books?: readonly object[] } | undefined;
      return body?.books ? { ...answer, body: { ...body, books: body.books.map(without(names)) } } : answer;
    },
  );
}

function without(names: readonly string[]): (book: object) => object {
  return book => Object.fromEntries(Object.entries(book).filter(([name]) => !names.includes(name)));
}

function ignoreHashes(version: number): Fault {
  return endpoint =>
    endpoint.path !== "/api/tome-sync/resolve" || version >= HASHES_SINCE
      ? endpoint
      : { ...endpoint, answer: incoming => endpoint.answer({ ...incoming, query: withoutHash(incoming.query) }) };
}

function withoutHash({ ko_md5: _, ...query }: Readonly<Record<string, string>>): Record<string, string> {
  return query;
}

function tellVersion({ tome, build, semver }: Versions): Fault {
  const answers: Readonly<Record<string, Answer>> = {
    "/api/health": { status: 200, body: { status: "ok", version: tome } },
    "/api/plugin/version": { status: 200, body: { version: String(build), build, semver } },
  };
  return intercept(
    ({ path }) => Object.hasOwn(answers, path),
    ({ url }, proceed) => answers[url.split("?")[0] ?? ""] ?? proceed(),
  );
}
