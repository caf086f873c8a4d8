/** What SQLite says of a file that is damaged, or none of its own. */
const DAMAGE = ["malformed", "not a database", "disk image", "encrypted"];

/** Whether an error means that the file cannot be trusted any more, as opposed to a full disk or a mistake of ours. */
export function isDamage(problem: unknown): boolean {
  const text = tostring(problem);
  return DAMAGE.some(words => text.includes(words));
}
