import { randomBytes, randomInt } from "node:crypto";

/** Letters and digits that cannot be mistaken for each other. */
const ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 6;

/** What a reader types: short, because somebody who is signed in must enter it within minutes. */
export function newPairingCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
}

/** What the device keeps to itself and polls with, so that seeing the code on its screen is not enough. */
export function newPollToken(): string {
  return randomBytes(32).toString("base64url");
}

/** A code as it was typed: blanks around it and its case do not matter. */
export function readCode(typed: string): string {
  return typed.trim().toUpperCase();
}
