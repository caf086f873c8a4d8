const MOST_BYTES = 4 * 1024 * 1024;

/** A file's text, if it is not too long. */
export function readShortFile(path: string): string | undefined {
  const [file] = io.open(path, "rb");
  const text = file?.read(MOST_BYTES + 1);
  file?.close();
  return text === undefined || text.length > MOST_BYTES ? undefined : text;
}

/** A settings file of another plugin. It is Lua that returns a table: run as text only, with nothing at hand to call. */
export function readLuaData(path: string): Readonly<Record<string, unknown>> | undefined {
  const [chunk] = load(readShortFile(path) ?? "", "=settings", "t", {});
  const [worked, data] = chunk === undefined ? [false, undefined] : pcall(chunk);
  return worked && type(data) === "table" ? (data as Record<string, unknown>) : undefined;
}
