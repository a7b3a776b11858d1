import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client } from './client.ts';
import { useSellerQuery } from './SellerProvider.tsx';

/** Readings come by themselves, so that pages ask again. */
const POLL_MS = 60_000;

export const useOutlooks = () => {
  const seller = useSellerQuery();
  return useInfiniteQuery({
    queryKey: ['posts', 'list', seller],
    queryFn: ({ pageParam }) =>
      client.call('posts.outlooks', {
        query: { ...seller, limit: 20, ...(pageParam !== '' && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: POLL_MS,
  });
};

export const useOutlook = (id: string) =>
  useQuery({
    queryKey: ['posts', 'one', id],
    queryFn: () => client.call('posts.outlook', { params: { id } }),
    refetchInterval: POLL_MS,
  });
