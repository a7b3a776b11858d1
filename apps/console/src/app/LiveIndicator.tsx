import type { LiveState } from '../data/use-live.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import css from './shell.module.css';

/** Whether pages change by themselves just now. */
export const LiveIndicator = ({ state }: { readonly state: LiveState }) => {
  const { text } = useSpeech();
  return (
    <span className={css.live} data-state={state} title={text.app.liveHelp}>
      {text.app[state]}
    </span>
  );
};
