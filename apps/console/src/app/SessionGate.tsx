import type { ReactNode } from 'react';
import { useSession } from '../data/use-session.ts';
import { Answer } from '../parts/Answer.tsx';
import { SignIn } from './SignIn.tsx';
import css from './shell.module.css';

/** Shows the console to who has signed in, and the way in to everybody else. */
export const SessionGate = ({ children }: { readonly children: ReactNode }) => {
  const session = useSession();
  if (session.data) return children;
  if (session.data === null) return <SignIn />;
  return (
    <main className={css.solo}>
      <Answer query={session}>{() => null}</Answer>
    </main>
  );
};
