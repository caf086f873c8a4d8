/** Newer and older versions of Ribbon on this device. */
export { sayGivenUp } from "./updates/words";
export { showUpdates } from "./updates/screen";
