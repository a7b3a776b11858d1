import type { PlacementWish } from '@crossparcel/api';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from './client.ts';
import { useSellerQuery } from './SellerProvider.tsx';

const POLL_MS = 3_000;

export const usePlacements = () => {
  const seller = useSellerQuery();
  return useInfiniteQuery({
    queryKey: ['placements', 'list', seller],
    queryFn: ({ pageParam }) =>
      client.call('placements.list', { query: { ...seller, ...(pageParam !== '' && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
};

/** One placement; asked again while it runs, in case the stream of changes is down. */
export const usePlacement = (id: string) =>
  useQuery({
    queryKey: ['placements', 'one', id],
    queryFn: () => client.call('placements.get', { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? POLL_MS : false),
  });

export const useProposals = (id: string) =>
  useInfiniteQuery({
    queryKey: ['placements', 'proposals', id],
    queryFn: ({ pageParam }) =>
      client.call('placements.proposals', {
        params: { id },
        query: { ...(pageParam !== '' && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** Says that a proposal was ordered, or not after all. */
export const useMarkOrdered = (id: string) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly ranks: number[]; readonly ordered: boolean }) =>
      client.call('placements.order', { params: { id }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['placements', 'proposals', id] }),
  });
};

export const useCreatePlacement = () => {
  const queries = useQueryClient();
  const query = useSellerQuery();
  return useMutation({
    mutationFn: (body: Partial<PlacementWish>) => client.call('placements.create', { query, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['placements'] }),
  });
};
