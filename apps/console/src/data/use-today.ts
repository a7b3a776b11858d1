import { useQuery } from '@tanstack/react-query';
import { client } from './client.ts';
import { useSellerQuery } from './SellerProvider.tsx';

export const useToday = () => {
  const query = useSellerQuery();
  return useQuery({
    queryKey: ['today', query],
    queryFn: () => client.call('today.get', { query }),
    refetchInterval: 60_000,
  });
};
