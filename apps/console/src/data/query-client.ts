import { ApiProblem } from '@crossparcel/api';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { SESSION_KEY } from './use-session.ts';

const isProblem = (error: unknown, status: number): boolean =>
  error instanceof ApiProblem && error.problem.status === status;

/** Tries again only what another try can mend: no answer at all, or a server in trouble. */
const shouldRetry = (failures: number, error: unknown): boolean =>
  failures < 2 && (error instanceof TypeError || (error instanceof ApiProblem && error.problem.status >= 500));

export const createQueryClient = (): QueryClient => {
  const askAgainWho = (error: unknown): void => {
    if (isProblem(error, 401)) void client.invalidateQueries({ queryKey: SESSION_KEY });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { queryKey }) => {
        if (queryKey[0] !== SESSION_KEY[0]) askAgainWho(error);
      },
    }),
    mutationCache: new MutationCache({ onError: askAgainWho }),
    defaultOptions: { queries: { retry: shouldRetry, staleTime: 10_000 } },
  });
  return client;
};
