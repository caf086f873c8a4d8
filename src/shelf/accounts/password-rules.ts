export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 200;

/** What guessers try first, among those that are long enough. */
const COMMON = new Set([
  "1234567890",
  "0123456789",
  "12345678910",
  "1q2w3e4r5t",
  "qwertyuiop",
  "qwerty12345",
  "password12",
  "password123",
  "password1234",
  "passwordpassword",
  "iloveyou12",
  "letmein123",
  "letmeinplease",
  "administrator",
  "changeme123",
  "abcdefghij",
]);

/** What is wrong with a new password, in the reader's words; length counts, not which characters there are. */
export function passwordProblem(password: string, username: string): string | undefined {
  const plain = password.normalize("NFKC").toLowerCase();
  if (password.length < SHORTEST_PASSWORD) return `The password needs at least ${SHORTEST_PASSWORD} characters.`;
  if (password.length > LONGEST_PASSWORD) return `The password may have ${LONGEST_PASSWORD} characters at most.`;
  if (new Set(plain).size < 4) return "That password repeats itself. Choose one that is harder to guess.";
  if (COMMON.has(plain)) return "That password is among the first that are guessed. Choose another one.";
  if (plain.replaceAll(username.toLowerCase(), "").length < 6) return "The password is little more than the name.";
  return undefined;
}
