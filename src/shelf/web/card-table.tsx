import type { ComponentChildren } from "preact";

/** A column: its head, and what each row has there. The first one says what the row is about. */
export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row, index: number) => ComponentChildren;
  /** Numbers stand one below the other. What can be done with a row has a head for ears only, and is not printed. */
  readonly kind?: "number" | "action";
}

interface CardTableProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
}

/** A table that is read as a list of cards where the page is narrow. */
export function CardTable<Row>({ columns, rows, keyOf }: CardTableProps<Row>) {
  return (
    <table class="cards">
      <thead>
        <tr>
          {columns.map(({ head, kind }) => (
            <th key={head} scope="col" class={classOf(kind)}>
              {kind === "action" ? <span class="unseen">{head}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={keyOf(row)}>
            {columns.map((column, at) => (
              <Cell key={column.head} column={column} isFirst={at === 0}>
                {column.cell(row, index)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  readonly column: Pick<Column<never>, "head" | "kind">;
  readonly isFirst: boolean;
  readonly children: ComponentChildren;
}

function Cell({ column: { head, kind }, isFirst, children }: CellProps) {
  if (isFirst) return <th scope="row">{children}</th>;
  return (
    <td data-label={kind === "action" ? undefined : head} class={classOf(kind)}>
      {children}
    </td>
  );
}

const classOf = (kind: Column<never>["kind"]): string | undefined => (kind === "action" ? "no-print" : kind);
