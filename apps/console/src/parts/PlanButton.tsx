import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import { useCreatePlan } from '../data/use-plans.ts';
import { useMay } from '../data/use-session.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';

/** Plans the waiting orders and goes to the plan. */
export const PlanButton = () => {
  const { text } = useSpeech();
  const [, go] = useLocation();
  const create = useCreatePlan();
  if (!useMay('plans:write')) return null;
  return (
    <>
      <Button
        size="xs"
        loading={create.isPending}
        onClick={() => create.mutate(undefined, { onSuccess: ({ id }) => go(`/plans/${id}`) })}
      >
        {text.plans.create}
      </Button>
      {create.error && <ProblemNotice error={create.error} />}
    </>
  );
};
