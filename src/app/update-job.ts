/** What the worker of an update needs and the reader's own process does not: loaded in the forked child only. */
export { fetchUpdate, newestOf } from "./update/update-job";
export { ReleaseAddress } from "../protocol/release/release-address";
