/** One entry of what stands at the top of every page. */
export interface NavigationEntry {
  readonly href: string;
  readonly text: string;
  readonly ownerOnly?: boolean;
}

/** In the order in which they stand there. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { href: "/", text: "Home" },
  { href: "/reading", text: "Reading" },
  { href: "/account", text: "Account" },
];
