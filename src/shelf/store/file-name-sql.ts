/**
 * The name at the end of a path, in SQL: the path without what is left when everything but slashes is cut from its end.
 * An index is made of this very text: another text would not use it.
 */
export const BASE_NAME = "replace(path, rtrim(path, replace(path, '/', '')), '')";
