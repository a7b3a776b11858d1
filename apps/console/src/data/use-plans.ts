import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from './client.ts';
import { useSellerQuery } from './SellerProvider.tsx';

const POLL_MS = 3_000;

export const usePlans = () => {
  const seller = useSellerQuery();
  return useInfiniteQuery({
    queryKey: ['plans', 'list', seller],
    queryFn: ({ pageParam }) =>
      client.call('plans.list', { query: { ...seller, ...(pageParam !== '' && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
};

/** One plan; asked again while it runs, in case the stream of changes is down. */
export const usePlan = (id: string) =>
  useQuery({
    queryKey: ['plans', 'one', id],
    queryFn: () => client.call('plans.get', { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? POLL_MS : false),
  });

export const usePlanDecisions = (id: string) =>
  useInfiniteQuery({
    queryKey: ['plans', 'decisions', id],
    queryFn: ({ pageParam }) =>
      client.call('plans.decisions', {
        params: { id },
        query: { limit: 20, ...(pageParam !== '' && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export const useCreatePlan = () => {
  const queries = useQueryClient();
  const query = useSellerQuery();
  return useMutation({
    mutationFn: () => client.call('plans.create', { query }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['plans'] }),
  });
};
