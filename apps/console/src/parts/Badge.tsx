import type { ReactNode } from 'react';
import type { Tone } from '../style/theme.ts';
import css from './parts.module.css';

/** A word with the colour of its meaning. */
export const Badge = ({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) => (
  <span className={css.badge} data-tone={tone}>
    {children}
  </span>
);
