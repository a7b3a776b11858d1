import { Button, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useHoldOrder } from '../data/use-orders.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { ProblemNotice } from '../parts/ProblemNotice.tsx';
import css from '../parts/parts.module.css';

const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

interface Props {
  readonly order: string;
  readonly onClose: () => void;
}

/** Asks why an order is to wait and what would release it. */
export const HoldForm = ({ order, onClose }: Props) => {
  const { text } = useSpeech();
  const hold = useHoldOrder(order);
  const [code, setCode] = useState('manual-check');
  const [why, setWhy] = useState('');
  const [mend, setMend] = useState('');
  const isCode = CODE.test(code);
  const { orders, common } = text;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (isCode) hold.mutate({ code, why: why.trim(), mend: mend.trim() }, { onSuccess: onClose });
  };
  return (
    <form className={css.form} onSubmit={submit} aria-label={orders.hold}>
      <TextInput
        size="xs"
        label={orders.holdWhy}
        placeholder={orders.holdWhyHint}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
        maxLength={500}
        required
      />
      <TextInput
        size="xs"
        label={orders.holdMend}
        placeholder={orders.holdMendHint}
        value={mend}
        onChange={(event) => setMend(event.currentTarget.value)}
        maxLength={500}
      />
      <TextInput
        size="xs"
        label={orders.holdCode}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={isCode ? undefined : orders.holdCodeBad}
        maxLength={64}
        required
      />
      {hold.error && <ProblemNotice error={hold.error} />}
      <div className={css.actions}>
        <Button size="xs" type="submit" loading={hold.isPending}>
          {orders.holdSubmit}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
      </div>
    </form>
  );
};
