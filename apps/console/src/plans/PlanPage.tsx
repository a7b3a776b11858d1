import type { PlanAnswer } from '@crossparcel/api';
import { usePlan } from '../data/use-plans.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Answer } from '../parts/Answer.tsx';
import { Notice } from '../parts/Notice.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PlanStateBadge } from '../parts/PlanStateBadge.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import { DearestDecisions } from './DearestDecisions.tsx';
import { PlanSummary } from './PlanSummary.tsx';

const Body = ({ plan }: { readonly plan: PlanAnswer }) => {
  const { text } = useSpeech();
  if (plan.state === 'running') return <Notice tone="info" title={text.plans.running} />;
  return (
    <div className={css.stack}>
      {plan.state === 'failed' && <Notice tone="bad" title={text.plans.failed} />}
      {plan.summary && <PlanSummary plan={plan} summary={plan.summary} />}
      {plan.state === 'done' && (
        <Section title={text.plans.dearest} isFlush>
          <DearestDecisions plan={plan.id} />
        </Section>
      )}
    </div>
  );
};

export const PlanPage = ({ id }: { readonly id: string }) => {
  const { text, format } = useSpeech();
  const plan = usePlan(id);
  const { data } = plan;
  return (
    <>
      <PageHead
        title={data ? text.plans.one(format.dateTime(data.askedAt)) : text.plans.title}
        beside={data && <PlanStateBadge state={data.state} />}
      />
      <Answer query={plan} lines={8}>
        {(answer) => <Body plan={answer} />}
      </Answer>
    </>
  );
};
