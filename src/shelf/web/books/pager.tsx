interface PagerProps {
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly pathOf: (page: number) => string;
}

/** The way through a long list; nothing when it is short. */
export function Pager({ page, pages, pathOf }: PagerProps) {
  if (pages < 2) return null;
  return (
    <nav class="pager" aria-label="Pages of this list">
      {page > 1 && (
        <a class="button quiet" href={pathOf(page - 1)} rel="prev">
          Previous
        </a>
      )}
      <span>
        Page {page.toLocaleString("en-GB")} of {pages.toLocaleString("en-GB")}
      </span>
      {page < pages && (
        <a class="button quiet" href={pathOf(page + 1)} rel="next">
          Next
        </a>
      )}
    </nav>
  );
}
