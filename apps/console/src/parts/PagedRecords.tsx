import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Loading } from './Loading.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import css from './parts.module.css';
import { type Column, Records } from './Records.tsx';

interface Props<Row> {
  readonly label: string;
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly items: Row[] }>>;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** What is shown below a row, over its whole width. */
  readonly below?: (row: Row) => ReactNode;
  /** What is shown where there is nothing. */
  readonly empty: ReactNode;
}

/** A list of the server as a table, page after page. */
export const PagedRecords = <Row,>({ label, query, columns, keyOf, below, empty }: Props<Row>) => {
  const { text } = useSpeech();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  if (data === undefined) {
    return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Loading lines={8} />;
  }
  const rows = data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return empty;
  return (
    <>
      <Records label={label} columns={columns} rows={rows} keyOf={keyOf} below={below} isLinked />
      {error && <ProblemNotice error={error} onRetry={() => void fetchNextPage()} />}
      {hasNextPage && (
        <div className={css.more}>
          <Button size="xs" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {text.common.more}
          </Button>
        </div>
      )}
    </>
  );
};
