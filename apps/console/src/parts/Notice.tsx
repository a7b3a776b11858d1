import type { ReactNode } from 'react';
import type { Tone } from '../style/theme.ts';
import css from './parts.module.css';

interface Props {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  /** Read out at once by screen readers. */
  readonly isAlert?: boolean;
}

/** A message in a page: what is the case, and what to do next. */
export const Notice = ({ tone, title, children, isAlert = false }: Props) => (
  <div className={css.notice} data-tone={tone} role={isAlert ? 'alert' : undefined}>
    <strong>{title}</strong>
    {children}
  </div>
);
