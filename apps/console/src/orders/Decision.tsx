import type { DecisionAnswer } from '@crossparcel/api';
import { Link } from 'wouter';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Badge } from '../parts/Badge.tsx';
import { CostBars } from '../parts/CostBars.tsx';
import { Facts } from '../parts/Facts.tsx';
import { PlannedLegs } from '../parts/PlannedLegs.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import { DecisionHolds } from './DecisionHolds.tsx';
import { Flips } from './Flips.tsx';
import { LosersTable } from './LosersTable.tsx';

const Chosen = ({ decision }: { readonly decision: DecisionAnswer }) => {
  const { text, format } = useSpeech();
  const { decision: words } = text;
  const gross = decision.parcels.reduce((sum, { grossGrams }) => sum + grossGrams, 0);
  const billable = decision.parcels.reduce((sum, { billableGrams }) => sum + billableGrams, 0);
  const all = (values: readonly string[]): string => [...new Set(values)].join(', ');
  return (
    <Facts
      facts={[
        [
          words.way,
          <Badge key="mode" tone="info">
            {wordFor(text.mode, decision.mode)}
          </Badge>,
        ],
        [words.facility, decision.facility ?? '–'],
        [words.service, all(decision.parcels.map(({ service }) => wordFor(text.service, service)))],
        [words.carton, all(decision.parcels.map(({ carton }) => carton ?? '–'))],
        [words.procedure, all(decision.parcels.map(({ procedure }) => wordFor(text.procedure, procedure)))],
        [words.gross, format.mass(gross)],
        [words.billable, format.mass(billable)],
        [words.promised, decision.promisedAt === null ? words.noPromise : format.day(decision.promisedAt)],
        [words.legs, <PlannedLegs key="legs" legs={decision.legs} />],
      ]}
    />
  );
};

const Assumptions = ({ assumptions }: { readonly assumptions: readonly string[] }) => {
  const { text } = useSpeech();
  if (assumptions.length === 0) return <p className={css.sub}>{text.decision.noAssumptions}</p>;
  return (
    <ul>
      {assumptions.map((assumption) => (
        <li key={assumption}>{wordFor(text.assumption, assumption)}</li>
      ))}
    </ul>
  );
};

/** What was decided for an order and why. */
export const Decision = ({ decision }: { readonly decision: DecisionAnswer }) => {
  const { text } = useSpeech();
  const { decision: words } = text;
  const isHeld = decision.mode === 'held';
  return (
    <>
      <Section title={text.orders.decision} beside={<Link href={`/plans/${decision.plan}`}>{words.plan}</Link>}>
        <div className={css.even}>
          <div className={css.stack}>
            <h3>{words.chosen}</h3>
            {isHeld ? <DecisionHolds holds={decision.holds ?? []} /> : <Chosen decision={decision} />}
          </div>
          <div className={css.stack}>
            <h3>{words.costs}</h3>
            <CostBars costs={decision.costs} sellerCost={decision.sellerCost} currency={decision.currency} />
          </div>
        </div>
      </Section>
      <Section title={words.losers} isFlush>
        <LosersTable decision={decision} />
      </Section>
      <div className={css.even}>
        <Section title={words.flips}>
          <Flips decision={decision} />
        </Section>
        <Section title={words.assumptions}>
          <Assumptions assumptions={decision.assumptions ?? []} />
        </Section>
      </div>
    </>
  );
};
