import { randomBytes, randomInt } from "node:crypto";
import type { PairingCode } from "../store/pairing-codes";
import type { Store } from "../store/store";
import { digestOf } from "./keys";

/** Letters and digits that cannot be mistaken for each other. */
const ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 6;

const LIFETIME_MS = 5 * 60 * 1000;
/** An expired code is told apart from an unknown one for a while. */
const MEMORY_MS = 3600 * 1000;

export interface OpenCode {
  /** What a reader types: short, because somebody who is signed in must enter it within minutes. */
  readonly code: string;
  /** What the device keeps to itself and polls with, so that seeing the code on its screen is not enough. */
  readonly pollToken: string;
  readonly expiresAt: string;
}

/** Makes a code for a device that wants to be let in. */
export function openCode(store: Store, asking: Pick<PairingCode, "device" | "address">, now: Date): OpenCode {
  const at = now.getTime();
  const expiresAt = new Date(at + LIFETIME_MS).toISOString();
  const pollToken = randomBytes(32).toString("base64url");
  store.pairingCodes.purge(new Date(at - MEMORY_MS).toISOString());
  let code = newCode();
  while (!store.pairingCodes.add({ code, pollHash: digestOf(pollToken), expiresAt, ...asking })) code = newCode();
  return { code, pollToken, expiresAt };
}

function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
}

/** A code that can still be let in; else why not. */
export type Findable =
  { readonly kind: "open"; readonly code: PairingCode } | { readonly kind: "unknown" | "expired" | "used" };

export function findCode(store: Store, typed: string, now: Date): Findable {
  const code = store.pairingCodes.find(readCode(typed));
  if (!code) return { kind: "unknown" };
  if (code.expiresAt <= now.toISOString()) return { kind: "expired" };
  return code.userId === null ? { kind: "open", code } : { kind: "used" };
}

/** A code as it was typed: blanks around it and its case do not matter. */
export function readCode(typed: string): string {
  return typed.trim().toUpperCase();
}
