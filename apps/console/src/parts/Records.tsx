import { Fragment, type ReactNode } from 'react';
import css from './parts.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  readonly isNumeric?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The link in the first column reaches over the whole row. */
  readonly isLinked?: boolean;
  /** What is shown below a row, over its whole width. */
  readonly below?: ((row: Row) => ReactNode) | undefined;
}

/** A table of records, which on narrow screens becomes a list of cards. */
export const Records = <Row,>({ label, columns, rows, keyOf, isLinked = false, below }: Props<Row>) => (
  <div className={css.tableWrap}>
    <table className={css.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ key, head, isNumeric }) => (
            <th key={key} scope="col" data-numeric={isNumeric}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Fragment key={keyOf(row)}>
            <tr data-link={isLinked}>
              {columns.map(({ key, head, isNumeric, cell }) => (
                <td key={key} data-label={head} data-numeric={isNumeric}>
                  <div>{cell(row)}</div>
                </td>
              ))}
            </tr>
            {below && (
              <tr data-below="true">
                <td colSpan={columns.length}>{below(row)}</td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  </div>
);
