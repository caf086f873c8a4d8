/** What is inside a zip file, by Debian's unzip. */

const quoted = (text: string): string => `'${string.gsub(text, "'", "'\\''")[0]}'`;

function outputOf(command: string): string {
  const [pipe] = io.popen(command);
  const text = pipe?.read("*a") ?? "";
  pipe?.close();
  return text;
}

/** One file's text, empty when it is not there. Its name is a pattern to unzip: brackets would be a set. */
export const readMember = (archive: string, member: string): string =>
  outputOf(`unzip -p ${quoted(archive)} ${quoted(string.gsub(member, "%[", "[[]")[0])} 2>/dev/null`);

export function memberNames(archive: string): string[] {
  const names: string[] = [];
  for (const [name] of string.gmatch(outputOf(`unzip -Z1 ${quoted(archive)} 2>/dev/null`), "[^\n]+")) {
    names.push(name as string);
  }
  return names;
}
