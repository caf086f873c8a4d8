/** What a worker needs and the reader's own process does not: loaded in the forked child only. */
export { fetchCovers, fetchList } from "./catalogue-job";
export { deliver } from "./delivery-job";
export { fetchBook } from "./download-job";
export { lookUp } from "./look-up-job";
export { openPairing, openServer } from "../protocol/servers";
export { homeBooks } from "../koreader/home-books";
export { wire } from "../koreader/wire";
export { FilePart } from "../koreader/part-file";
