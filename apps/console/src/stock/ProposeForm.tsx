import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { useCreatePlacement } from '../data/use-placements.ts';
import { useMay } from '../data/use-session.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { ProblemNotice } from '../parts/ProblemNotice.tsx';
import css from './stock.module.css';

const WEEKS = [4, 8, 13, 26];
const START = 13;
const AMOUNT = /^\d{1,9}(\.\d{1,2})?$/;

/** Asks for how many weeks to stock, and for how much at most; goes to the proposals. */
export const ProposeForm = () => {
  const { text, format } = useSpeech();
  const { stock } = text;
  const [, go] = useLocation();
  const create = useCreatePlacement();
  const [weeks, setWeeks] = useState(START);
  const [budget, setBudget] = useState('');
  const amount = budget.trim();
  const isGood = amount === '' || AMOUNT.test(amount);
  if (!useMay('demand:write')) return null;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (!isGood) return;
    const wish = { weeks, ...(amount !== '' && { limits: { budget: amount } }) };
    create.mutate(wish, { onSuccess: ({ id }) => go(`/stock/${id}`) });
  };
  return (
    <form className={css.form} onSubmit={submit} aria-label={stock.create}>
      <NativeSelect
        size="xs"
        label={stock.weeks}
        value={String(weeks)}
        onChange={(event) => setWeeks(Number(event.currentTarget.value))}
        data={WEEKS.map((count) => ({ value: String(count), label: format.number(count) }))}
      />
      <TextInput
        size="xs"
        label={stock.budget}
        placeholder={stock.budgetHint}
        value={budget}
        onChange={(event) => setBudget(event.currentTarget.value)}
        error={isGood ? undefined : stock.budgetBad}
        inputMode="decimal"
        autoComplete="off"
      />
      <Button size="xs" type="submit" loading={create.isPending}>
        {stock.create}
      </Button>
      {create.error && <ProblemNotice error={create.error} />}
    </form>
  );
};
