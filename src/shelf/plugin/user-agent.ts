import { compareVersions } from "../../core/release";

/** Longer than any version that a release may have. */
const LONGEST = 40;

/**
 * The version of the Ribbon that sent a request, from its `User-Agent`: `Ribbon/0.1.0 KOReader/2026.07 …`. Undefined for
 * whatever else, other plugins with the same key for instance.
 */
export function ribbonVersionIn(userAgent: string | undefined): string | undefined {
  const [, version = ""] = /^Ribbon\/(\d+\.\d+\.\d+(?:-[\w.-]+)?)(?: |$)/.exec(userAgent ?? "") ?? [];
  return version === "" || version.length > LONGEST ? undefined : version;
}

/** Whether a device's Ribbon is known to be older than the one that is offered. */
export function isOutdated(version: string | null, offered: string | undefined): boolean {
  return version !== null && offered !== undefined && compareVersions(version, offered) < 0;
}
