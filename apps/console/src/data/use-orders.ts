import { ApiProblem, type DecisionAnswer, type OrderAnswer, type OrderState } from '@crossparcel/api';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from './client.ts';
import { useSellerQuery } from './SellerProvider.tsx';

export interface OrderFilter {
  readonly state?: OrderState;
  readonly externalId?: string;
}

export const useOrders = (filter: OrderFilter) => {
  const seller = useSellerQuery();
  return useInfiniteQuery({
    queryKey: ['orders', 'list', seller, filter],
    queryFn: ({ pageParam }) =>
      client.call('orders.list', { query: { ...seller, ...filter, ...(pageParam !== '' && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
};

export const useOrder = (id: string) =>
  useQuery({ queryKey: ['orders', 'one', id], queryFn: () => client.call('orders.get', { params: { id } }) });

const readDecision = async (id: string): Promise<DecisionAnswer | null> => {
  try {
    return await client.call('orders.plan', { params: { id } });
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 404) return null;
    throw error;
  }
};

/** What the latest plan decided for an order; null before it was planned. */
export const useOrderDecision = (id: string) =>
  useQuery({ queryKey: ['plans', 'of-order', id], queryFn: () => readDecision(id) });

interface NewHold {
  readonly code: string;
  readonly why: string;
  readonly mend: string;
}

const useOrderChange = <Given>(id: string, change: (given: Given) => Promise<OrderAnswer>) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (order) => {
      queries.setQueryData(['orders', 'one', id], order);
      void queries.invalidateQueries({ queryKey: ['orders', 'list'] });
      void queries.invalidateQueries({ queryKey: ['today'] });
    },
  });
};

export const useHoldOrder = (id: string) =>
  useOrderChange(id, (body: NewHold) => client.call('orders.hold', { params: { id }, body }));

export const useReleaseOrder = (id: string) =>
  useOrderChange(id, (code: string) => client.call('orders.release', { params: { id, code } }));

/** Makes parcels of planned orders of one seller. */
export const useDespatch = (seller: string) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (orders: readonly string[]) =>
      client.call('despatches.create', { query: { seller }, body: { orders: [...orders] } }),
    onSettled: () => {
      for (const key of ['orders', 'parcels', 'today']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
};
