import { type ReactNode, useEffect } from 'react';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import css from './parts.module.css';

interface Props {
  readonly title: string;
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
}

/** Heading of a page; also names the browser's tab. */
export const PageHead = ({ title, beside, actions }: Props) => {
  const { text } = useSpeech();
  useEffect(() => {
    document.title = `${title} · ${text.app.name}`;
  }, [title, text]);
  return (
    <div className={css.head}>
      <div className={css.headText}>
        <h1>{title}</h1>
        {beside}
      </div>
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </div>
  );
};
