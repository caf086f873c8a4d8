/** One entry of what stands at the top of every page. */
export interface NavigationEntry {
  readonly href: string;
  readonly text: string;
  readonly ownerOnly?: boolean;
}

/** In the order in which they stand there. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { href: "/", text: "Home" },
  { href: "/books", text: "Books" },
  { href: "/series", text: "Series" },
  { href: "/reading", text: "Reading" },
  { href: "/devices", text: "Devices" },
  { href: "/users", text: "Users", ownerOnly: true },
  { href: "/account", text: "Account" },
];
