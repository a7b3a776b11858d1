import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from './Loading.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

interface Props<Data> {
  readonly query: UseQueryResult<Data>;
  readonly lines?: number;
  readonly children: (data: Data) => ReactNode;
}

/** What a query answered; grey lines before, and the problem with a way to try again where it failed. */
export const Answer = <Data,>({ query, lines = 4, children }: Props<Data>) => {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading lines={lines} />;
};
