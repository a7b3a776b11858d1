import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';

const WAIT_MS = 300;

interface Filter<State extends string> {
  readonly state: State | undefined;
  /** What is asked for; follows `typed` after a moment. */
  readonly searched: string;
  readonly typed: string;
  readonly type: (text: string) => void;
  readonly chooseState: (state: string) => void;
  readonly clear: () => void;
}

/** A state and a search text, kept in the address so that the list can be linked to. */
export const useFilter = <State extends string>(states: readonly State[]): Filter<State> => {
  const [search, setSearch] = useSearchParams();
  const [typed, type] = useState(search.get('q') ?? '');
  const [settled] = useDebouncedValue(typed.trim(), WAIT_MS);
  const set = (name: string, value: string): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === '') after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a settled text changes the address
  useEffect(() => {
    if (settled !== (search.get('q') ?? '')) set('q', settled);
  }, [settled]);
  return {
    state: states.find((state) => state === search.get('state')),
    searched: settled,
    typed,
    type,
    chooseState: (state) => set('state', state),
    clear: () => {
      type('');
      setSearch({}, { replace: true });
    },
  };
};
