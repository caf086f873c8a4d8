/** Longer names are cut by some servers, and by some file systems of cards. */
const LONGEST = 100;
/** What Syncthing calls the second of two files that were changed at once: `a.sync-conflict-20261121-164000-ABCDEFG.txt`. */
const CONFLICT = ".sync-conflict-";

const isLetterOrDigit = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);

/** `-`, `.` and `_`. */
const isJoint = (code: number): boolean => code === 45 || code === 46 || code === 95;

/**
 * Whether a file of ours may have this name in a cloud folder: 1 to 100 ASCII letters, digits, `-`, `.` and `_`, the first
 * of them a letter or digit. Every server and file system takes such a name as it is; it climbs nowhere and hides nothing.
 */
export function isCloudName(name: string): boolean {
  if (name === "" || name.length > LONGEST || !isLetterOrDigit(name.charCodeAt(0))) return false;
  let at = 1;
  while (at < name.length && (isLetterOrDigit(name.charCodeAt(at)) || isJoint(name.charCodeAt(at)))) at += 1;
  return at === name.length && !name.includes(CONFLICT);
}
