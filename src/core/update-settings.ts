import { cut } from "./http/text";
import { parseUrl } from "./http/url";
import { RELEASE_FILE } from "./release";
import { failure, type Result, success } from "./result";

/** What the reader chose for updates of Ribbon, and what is kept beside it. */
export interface UpdateSettings {
  /** Look by itself, at most once a day, with a network that is there. */
  readonly byItself: boolean;
  /** Another place than the servers; with a slash at its end, empty: none. */
  readonly address: string;
  /** When it last looked by itself, in seconds since 1970. */
  readonly lookedAt: number;
  /** Of which version the reader was told without having asked. */
  readonly toldOf: string;
}

/** Settings as they stand in a file; what is absent or makes no sense is the default. */
export function updateSettingsOf(stored: Readonly<Record<string, unknown>>): UpdateSettings {
  const { byItself, address, lookedAt, toldOf } = stored;
  const place = typeof address === "string" ? releaseAddressOf(address) : success("");
  return {
    byItself: byItself === true,
    address: place.ok ? place.value : "",
    lookedAt: typeof lookedAt === "number" ? lookedAt : 0,
    toldOf: typeof toldOf === "string" ? toldOf : "",
  };
}

/**
 * A release address as a person types it: of a folder, or of the `release.json` in it. Nothing typed is none.
 * @returns the folder's, with a slash at its end; or what is wrong: it is `open` to everybody on the way, or no address
 */
export function releaseAddressOf(typed: string): Result<string, "open" | "address"> {
  const text = typed.split(" ").join("");
  if (text === "") return success("");
  const whole = text.includes("://") ? text : `https://${text}`;
  const url = parseUrl(whole);
  if (!url.ok || whole.includes("#")) return failure("address");
  if (url.value.scheme !== "https") return failure("open");
  const [place] = cut(whole, "?");
  const folder = place.endsWith(`/${RELEASE_FILE}`) ? place.slice(0, -RELEASE_FILE.length) : place;
  return success(folder.endsWith("/") ? folder : `${folder}/`);
}
