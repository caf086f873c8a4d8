const LONGEST = 40;

/** What is wrong with a user's name, in the reader's words. */
export function usernameProblem(username: string): string | undefined {
  if (username === "") return "A name is missing.";
  if ([...username].length > LONGEST) return `The name may have ${LONGEST} characters at most.`;
  // KOSync and HTTP Basic put the name before a colon.
  if (!/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} ._@'-]*$/u.test(username))
    return "A name begins with a letter or digit and has no signs but . _ @ ' - and blanks.";
  return undefined;
}
