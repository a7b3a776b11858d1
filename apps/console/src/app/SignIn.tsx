import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useBeginSession } from '../data/use-session.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ProblemNotice } from '../parts/ProblemNotice.tsx';
import css from './shell.module.css';

/** Asks for an API key. */
export const SignIn = () => {
  const { text } = useSpeech();
  const begin = useBeginSession();
  const [key, setKey] = useState('');
  const { title, why, where, submit, key: label } = text.signIn;
  return (
    <main className={css.solo}>
      <PageHead title={title} />
      <p>{why}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          begin.mutate(key.trim());
        }}
        style={{ display: 'grid', gap: 12 }}
      >
        <PasswordInput
          label={label}
          description={where}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          autoComplete="current-password"
          required
        />
        <Button type="submit" loading={begin.isPending}>
          {submit}
        </Button>
      </form>
      {begin.error && <ProblemNotice error={begin.error} />}
    </main>
  );
};
