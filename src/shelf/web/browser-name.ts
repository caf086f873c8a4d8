const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;

const SYSTEMS = ["Android", "iPhone", "iPad", "Kobo", "Kindle", "Windows", "Macintosh", "CrOS", "Linux"] as const;

/** "Firefox on Linux", from what a browser calls itself; a guess, to tell one's own browsers apart. */
export function browserName(userAgent: string): string {
  const browser = BROWSERS.find(([mark]) => userAgent.includes(mark))?.[1] ?? "A browser";
  const system = SYSTEMS.find(mark => userAgent.includes(mark));
  return system === undefined ? browser : `${browser} on ${system === "Macintosh" ? "Mac" : system}`;
}
