import { fsyncs } from "./fsyncs";
import { holds } from "./holds";
import { load } from "./load";
import { memory } from "./memory";
import { pageTurn } from "./page-turn";
import { requests } from "./requests";
import type { Section } from "./section";
import { sizes } from "./sizes";

/** The bench, in the order of its table. A new question is a new file and a line here. */
export const SECTIONS: readonly Section[] = [load, memory, sizes, pageTurn, requests, fsyncs, holds];
