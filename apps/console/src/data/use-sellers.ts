import { useQuery } from '@tanstack/react-query';
import { client } from './client.ts';
import { useSession } from './use-session.ts';

/** Sellers that an operator can look at; none for a seller's own key. */
export const useSellers = () => {
  const { data: session } = useSession();
  const isOperator = session?.seller === undefined && (session?.scopes.includes('sellers:admin') ?? false);
  return useQuery({
    queryKey: ['sellers'],
    queryFn: () => client.call('sellers.list', { query: { limit: 200 } }),
    enabled: isOperator,
    staleTime: 300_000,
  });
};
