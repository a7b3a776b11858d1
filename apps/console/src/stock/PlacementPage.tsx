import type { PlacementAnswer } from '@crossparcel/api';
import { usePlacement } from '../data/use-placements.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { reasonIn } from '../i18n/reasons.ts';
import { Answer } from '../parts/Answer.tsx';
import { Notice } from '../parts/Notice.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PlanStateBadge } from '../parts/PlanStateBadge.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import { PlacementSums } from './PlacementSums.tsx';
import { Proposals } from './Proposals.tsx';

const Failure = ({ fault }: Pick<PlacementAnswer, 'fault'>) => {
  const { text, language } = useSpeech();
  if (!fault) return <Notice tone="bad" title={text.stock.failed} />;
  return (
    <Notice tone="warn" title={[fault.field, reasonIn(language, fault.what)].join(' ').trim()}>
      <p>{reasonIn(language, fault.mend)}</p>
    </Notice>
  );
};

const Body = ({ placement }: { readonly placement: PlacementAnswer }) => {
  const { text } = useSpeech();
  const { state, summary, fault, id } = placement;
  if (state === 'running') return <Notice tone="info" title={text.stock.running} />;
  if (!summary) return <Failure fault={fault} />;
  return (
    <div className={css.stack}>
      <PlacementSums summary={summary} />
      <Section
        title={text.stock.proposals}
        beside={
          <a href={`/v1/placements/${id}/proposals.csv`} download={`stock-${placement.at}.csv`}>
            {text.stock.file}
          </a>
        }
        isFlush
      >
        <Proposals placement={id} currency={summary.currency} />
      </Section>
    </div>
  );
};

export const PlacementPage = ({ id }: { readonly id: string }) => {
  const { text, format } = useSpeech();
  const placement = usePlacement(id);
  const { data } = placement;
  return (
    <>
      <PageHead
        title={data ? text.stock.one(format.number(data.weeks), format.day(data.at)) : text.stock.title}
        beside={data && <PlanStateBadge state={data.state} />}
      />
      <Answer query={placement} lines={8}>
        {(answer) => <Body placement={answer} />}
      </Answer>
    </>
  );
};
