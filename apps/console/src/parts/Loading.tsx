import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import css from './parts.module.css';

/** Grey lines where something is about to be. */
export const Loading = ({ lines = 4 }: { readonly lines?: number }) => {
  const { text } = useSpeech();
  return (
    <div className={css.skeletons} role="status">
      <VisuallyHidden>{text.common.loading}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => `${92 - ((line * 17) % 40)}%`).map((width) => (
        <Skeleton key={width} height={16} width={width} />
      ))}
    </div>
  );
};
