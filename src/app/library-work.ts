/** Browsing and downloading, as far as the reader's own process is concerned: loaded with the first of it. */
export { forgetDownloads, goOn, inboxOf } from "./download-library";
export { libraryOf, offerInbox } from "./library-ports";
export { sweepLibraries } from "./library-sweep";
