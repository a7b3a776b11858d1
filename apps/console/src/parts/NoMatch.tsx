import { Button } from '@mantine/core';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Notice } from './Notice.tsx';

interface Props {
  readonly title: string;
  readonly mend: string;
  readonly onClear: () => void;
}

/** Says that the filter leaves nothing, and takes it away. */
export const NoMatch = ({ title, mend, onClear }: Props) => {
  const { text } = useSpeech();
  return (
    <Notice tone="neutral" title={title}>
      <p>{mend}</p>
      <Button size="xs" variant="default" onClick={onClear}>
        {text.orders.clear}
      </Button>
    </Notice>
  );
};
