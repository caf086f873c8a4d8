import { download } from "./download";
import { browse } from "./browse";
import { drain } from "./drain";
import { fsyncs } from "./fsyncs";
import { holds } from "./holds";
import { lastCall } from "./last-call";
import { load } from "./load";
import { manyBooks } from "./many-books";
import { memory } from "./memory";
import { pageTurn } from "./page-turn";
import { requests } from "./requests";
import { sdr } from "./sdr";
import { sdrParser } from "./sdr-parser";
import type { Section } from "./section";
import { shelf } from "./shelf";
import { sizes } from "./sizes";

/** The bench, in the order of its table. A new question is a new file and a line here. */
export const SECTIONS: readonly Section[] = [
  load,
  memory,
  manyBooks,
  sizes,
  pageTurn,
  requests,
  fsyncs,
  holds,
  lastCall,
  drain,
  download,
  browse,
  sdr,
  sdrParser,
  shelf,
];
