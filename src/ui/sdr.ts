/** The sync of highlights: loaded with its first screen. */
export { showHighlights } from "./sdr/home";
export { offerStaged } from "./sdr/staged";
export { syncHighlights } from "./sdr/sync";
