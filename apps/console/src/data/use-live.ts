import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { touchedBy } from './live.ts';
import { useSellerQuery } from './SellerProvider.tsx';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

const THROTTLE_MS = 1_000;
const RECONNECT_MS = 5_000;

/** Keeps what is shown fresh: listens to the stream of changes and asks again for what changed, once a second at most. */
export const useLive = (): LiveState => {
  const queries = useQueryClient();
  const { seller } = useSellerQuery();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    const touched = new Set<string>();
    let source: EventSource | undefined;
    let flush: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      flush = undefined;
      for (const key of touched) void queries.invalidateQueries({ queryKey: [key] });
      touched.clear();
    };
    const open = (): void => {
      source = new EventSource(`/v1/stream${seller === undefined ? '' : `?seller=${encodeURIComponent(seller)}`}`);
      let wasOpen = false;
      source.onopen = () => {
        // What happened while the connection was down has to be asked for.
        if (wasOpen || again !== undefined) void queries.invalidateQueries();
        wasOpen = true;
        setState('live');
      };
      source.addEventListener('change', ({ data }) => {
        for (const key of touchedBy(data)) touched.add(key);
        if (touched.size > 0) flush ??= setTimeout(refresh, THROTTLE_MS);
      });
      source.onerror = () => {
        setState('reconnecting');
        // The browser tries again by itself, except after an answer that was no stream.
        if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, RECONNECT_MS);
      };
    };
    open();
    return () => {
      source?.close();
      clearTimeout(flush);
      clearTimeout(again);
    };
  }, [queries, seller]);
  return state;
};
