import { type BookState, factsIn, getText, isAlive, titleOf } from "../../core/sdr/index";

/** What a list of books says of one, kept beside its state: nobody has to read that for a list. */
export interface KnownBook {
  /** Highlights, notes and bookmarks. */
  readonly count: number;
  /** Absent where nobody said. */
  readonly hasPages?: boolean;
  /** Ids of those that have the file. */
  readonly devices: readonly string[];
  readonly title: string;
  readonly authors: string;
}

const BLANKS = "[\t\r]";
const ENGINES: Readonly<Record<string, boolean>> = { paging: true, rolling: false };

function countOf({ annotations }: BookState): number {
  let count = 0;
  for (const uid in annotations) {
    const annotation = annotations[uid];
    if (annotation?.pos !== undefined && isAlive(annotation)) count += 1;
  }
  return count;
}

/** Nothing of what no device has a file of. */
export function knownBookText(state: BookState): string | undefined {
  const titled = titleOf(state);
  if (titled === undefined) return undefined;
  const published = factsIn(state);
  const engine = published.map(({ facts }) => getText(facts, "engine") ?? "").find(each => each !== "") ?? "";
  const devices = published.map(({ device }) => device).join(",");
  const plain = (text: string): string => string.gsub(text, BLANKS, " ")[0];
  return [`${countOf(state)}`, engine, devices, plain(titled.title), plain(titled.authors)].join("\t");
}

export function readKnownBook(text: string): KnownBook {
  const [count, engine = "", devices = "", title = "", authors = ""] = text.split("\t");
  const hasPages = ENGINES[engine];
  return {
    count: tonumber(count) ?? 0,
    devices: devices === "" ? [] : devices.split(","),
    title,
    authors,
    ...(hasPages !== undefined && { hasPages }),
  };
}
