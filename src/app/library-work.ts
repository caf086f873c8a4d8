/** Browsing and downloading, as far as the reader's own process is concerned: loaded with the first of it. */
export { browseOf } from "./browse";
export { sweepLibraries } from "./library-sweep";
