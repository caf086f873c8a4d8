import type { Failure } from "../../core/failure";
import { compareVersions, type Release } from "../../core/release";
import { part } from "../../parts";
import type { Cancel } from "../../ports/scheduler";
import type { Errands } from "../errands";
import type { Runtime } from "../runtime";
import { type Source, sourcesOf } from "./sources";

/** What a worker tells of one source; the index from 1. */
interface Word {
  readonly source: number;
  readonly release?: Release;
  readonly failure?: Failure;
  readonly address?: string;
}

/** What every source said. */
export interface Found {
  readonly asked: number;
  /** The newest, and whose it is. */
  readonly best?: { readonly release: Release; readonly source: Source };
  readonly failures: readonly { readonly name: string; readonly failure: Failure }[];
}

/** Asks every source, in one worker. A worker that dies says so of all that it did not tell of. */
export function lookAround(runtime: Runtime, line: Errands, done: (found: Found) => void): Cancel {
  const sources = sourcesOf(runtime);
  const words: Word[] = [];
  return line.add<Word>({
    prepare: () => tell => {
      for (const [index, source] of sources.entries()) tell(ask(source, index + 1));
    },
    onMessage: word => {
      words.push(word);
      const { connection } = sources[word.source - 1] ?? {};
      if (connection !== undefined && word.address !== undefined) runtime.health.reached(connection.id, word.address);
    },
    onEnd: died => {
      done(sumUp(sources, words, died ?? { reason: "cancelled", detail: "the worker said nothing" }));
    },
  });
}

function ask({ open }: Source, source: number): Word {
  const { newestOf } = part("app/update-job");
  const server = open();
  const found = newestOf(server.releases);
  const address = server.address();
  const reached = address === undefined ? {} : { address };
  if (!found.ok) return { source, failure: found.failure, ...reached };
  return found.value === undefined ? { source, ...reached } : { source, release: found.value, ...reached };
}

function sumUp(sources: readonly Source[], words: readonly Word[], silence: Failure): Found {
  let best: Found["best"];
  const failures: { name: string; failure: Failure }[] = [];
  for (const [index, source] of sources.entries()) {
    const word = words.find(each => each.source === index + 1) ?? { source: index + 1, failure: silence };
    const { release, failure } = word;
    if (failure !== undefined) failures.push({ name: source.name, failure });
    if (release === undefined) continue;
    if (best === undefined || compareVersions(release.version, best.release.version) > 0) best = { release, source };
  }
  return { asked: sources.length, failures, ...(best === undefined ? {} : { best }) };
}
