import { useMutation } from '@tanstack/react-query';
import { client } from './client.ts';

/** Asks for the policy of the log, by which proofs are checked. */
export const readPolicy = (): Promise<string> => client.call('log.policy', {});

/** Fetches a parcel's proof and the policy, when asked to. */
export const useFetchProof = (id: string) =>
  useMutation({
    mutationFn: async () => {
      const [proof, policy] = await Promise.all([client.call('parcels.proof', { params: { id } }), readPolicy()]);
      return { proof, policy };
    },
  });
