/** The hand asked for what is not there: the test's mistake or its finding, never the end of the reader. */
const MARK = "hand: ";

export const mishap = (text: string): never => error(MARK + text, 0);

export const isMishap = (problem: string): boolean => string.sub(problem, 1, string.len(MARK)) === MARK;

export const mishapText = (problem: string): string => string.sub(problem, string.len(MARK) + 1);
