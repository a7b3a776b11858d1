import { ApiProblem, type Scope, type Session } from '@crossparcel/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from './client.ts';

export const SESSION_KEY = ['session'] as const;

/** Who is asking; null when nobody has signed in. */
const readSession = async (): Promise<Session | null> => {
  try {
    return await client.call('session.get', {});
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 401) return null;
    throw error;
  }
};

export const useSession = () => useQuery({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: 300_000 });

/** Whether the key may do something. */
export const useMay = (scope: Scope): boolean => useSession().data?.scopes.includes(scope) ?? false;

export const useBeginSession = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => client.call('session.begin', { body: { key } }),
    onSuccess: (session) => queries.setQueryData(SESSION_KEY, session),
  });
};

export const useEndSession = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.call('session.end', {}),
    onSuccess: () => {
      queries.setQueryData(SESSION_KEY, null);
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
    },
  });
};
