import type { ParcelState } from '@crossparcel/trace';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client } from './client.ts';
import { useSellerQuery } from './SellerProvider.tsx';

export interface ParcelFilter {
  readonly state?: ParcelState;
  readonly number?: string;
}

export const useParcels = (filter: ParcelFilter) => {
  const seller = useSellerQuery();
  return useInfiniteQuery({
    queryKey: ['parcels', 'list', seller, filter],
    queryFn: ({ pageParam }) =>
      client.call('parcels.list', { query: { ...seller, ...filter, ...(pageParam !== '' && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
};

export const useParcelsOfOrder = (orderId: string) =>
  useQuery({
    queryKey: ['parcels', 'of-order', orderId],
    queryFn: () => client.call('parcels.list', { query: { orderId, limit: 200 } }),
  });

export const useParcel = (id: string) =>
  useQuery({ queryKey: ['parcels', 'one', id], queryFn: () => client.call('parcels.get', { params: { id } }) });

/** Offsets of local clocks from UTC by event, which the timeline leaves out and the events themselves tell. */
export const useEventOffsets = (epc: string, mayRead: boolean) =>
  useQuery({
    queryKey: ['parcels', 'offsets', epc],
    queryFn: async (): Promise<ReadonlyMap<string, string>> => {
      const { items } = await client.call('events.list', { query: { epc, limit: 200 } });
      return new Map(items.map(({ eventID = '', eventTimeZoneOffset }) => [eventID, eventTimeZoneOffset]));
    },
    enabled: mayRead,
  });

/** Places of the network by id. */
export const usePlaces = () =>
  useQuery({
    queryKey: ['places'],
    queryFn: async () => {
      const { places } = await client.call('network.places', {});
      return new Map(places.map((place) => [place.id, place]));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
