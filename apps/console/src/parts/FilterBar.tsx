import { NativeSelect, TextInput } from '@mantine/core';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import css from './parts.module.css';
import type { useFilter } from './use-filter.ts';

interface Props {
  readonly filter: ReturnType<typeof useFilter>;
  readonly states: readonly string[];
  readonly stateWords: Readonly<Record<string, string>>;
  readonly searchLabel: string;
  readonly searchHint: string;
}

/** State and search above a list. */
export const FilterBar = ({ filter, states, stateWords, searchLabel, searchHint }: Props) => {
  const { text } = useSpeech();
  return (
    <search className={css.filters}>
      <NativeSelect
        size="xs"
        label={text.common.state}
        value={filter.state ?? ''}
        onChange={(event) => filter.chooseState(event.currentTarget.value)}
        data={[
          { value: '', label: text.common.all },
          ...states.map((state) => ({ value: state, label: wordFor(stateWords, state) })),
        ]}
      />
      <TextInput
        size="xs"
        label={searchLabel}
        placeholder={searchHint}
        value={filter.typed}
        onChange={(event) => filter.type(event.currentTarget.value)}
        type="search"
        autoComplete="off"
      />
    </search>
  );
};
