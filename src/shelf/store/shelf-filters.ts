/** A condition on the books `b`, their statuses `s`, with its values. */
export interface Filter {
  readonly where: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface ShelfFilter extends Filter {
  /** The parts that an e-reader's list cannot follow, sorted: it is broader than the shelf then. */
  readonly unsupported: readonly string[];
}

type Params = Readonly<Record<string, unknown>>;

const SERIES = "nullif(b.series, '')";

/** What Tome 2.3 understands on a device; each condition has its value under the name of the parameter. */
const CONDITIONS: Readonly<Record<string, string>> = {
  series: `${SERIES} = @series`,
  no_series: `${SERIES} IS NULL`,
  author: "b.author = @author",
  tag: "EXISTS (SELECT 1 FROM book_tags t WHERE t.book_id = b.id AND t.tag = @tag)",
  format: "EXISTS (SELECT 1 FROM book_files f WHERE f.book_id = b.id AND f.missing = 0 AND f.format = @format)",
  language: "b.language = @language",
  library_id: "EXISTS (SELECT 1 FROM library_books x WHERE x.book_id = b.id AND x.library_id = @library_id)",
  reading_status: "coalesce(s.status, 'unread') = @reading_status",
  min_rating: "s.rating >= @min_rating",
};

const NUMBERS = new Set(["library_id", "min_rating"]);
const WORDS = "q";
const MOST_TERMS = 100;

/** What a shelf looks for, as a condition. */
export function filterOf(params: Params): ShelfFilter {
  const names = Object.keys(params)
    .filter(name => !isEmpty(params[name]))
    .sort();
  const known = names.filter(name => Object.hasOwn(CONDITIONS, name));
  const words = names.includes(WORDS) ? wordFilter(String(params[WORDS])) : [];
  const conditions = known.map(name => ({ where: CONDITIONS[name] ?? "", values: { [name]: valueOf(name, params) } }));
  return {
    where: ["1 = 1", ...[...conditions, ...words].map(filter => filter.where)].join(" AND "),
    values: Object.assign({}, ...[...conditions, ...words].map(filter => filter.values)) as Filter["values"],
    unsupported: names.filter(name => name !== WORDS && !known.includes(name)),
  };
}

/** Every term must begin a word of title, author or series. */
function wordFilter(query: string): Filter[] {
  const terms = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return terms.slice(0, MOST_TERMS).map((term, index) => ({
    where: `begins_word(@word${index}, b.title, b.author, b.series)`,
    values: { [`word${index}`]: term },
  }));
}

/** SQL's `begins_word`: 1 when a word of any text begins with a term in lower case. */
export function beginsWord(term: unknown, ...texts: unknown[]): number {
  const words = texts.flatMap(text => (typeof text === "string" ? text.toLowerCase().match(/[\p{L}\p{N}]+/gu) : []));
  return words.some(word => word?.startsWith(String(term)) === true) ? 1 : 0;
}

function valueOf(name: string, params: Params): string | number {
  return NUMBERS.has(name) ? Number(params[name]) : String(params[name]);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || value === false || isEmptyList(value);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
