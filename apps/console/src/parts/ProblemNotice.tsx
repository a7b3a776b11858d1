import { ApiProblem } from '@crossparcel/api';
import { Button } from '@mantine/core';
import type { Strings } from '../i18n/en.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Notice } from './Notice.tsx';

interface Props {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

const told = (error: unknown, { common }: Strings): { readonly title: string; readonly detail: string } => {
  if (error instanceof ApiProblem) return error.problem;
  if (error instanceof TypeError) return { title: common.noConnection, detail: common.noConnectionMend };
  if (error instanceof Error && (error.name === '$ZodError' || error.name === 'ZodError')) {
    return { title: common.oddAnswer, detail: common.oddAnswerMend };
  }
  return { title: common.unknownError, detail: error instanceof Error ? error.message : String(error) };
};

/** What went wrong, as the server tells it, and a way to try again. */
export const ProblemNotice = ({ error, onRetry }: Props) => {
  const { text } = useSpeech();
  const { title, detail } = told(error, text);
  return (
    <Notice tone="bad" title={title} isAlert>
      {detail !== title && <p>{detail}</p>}
      {onRetry && (
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {text.common.retry}
        </Button>
      )}
    </Notice>
  );
};
