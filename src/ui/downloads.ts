/** What is on its way to this device, and what was sent to it. */
export { offerInbox, showInbox } from "./downloads/inbox";
export { showDownloads } from "./downloads/popup";
