import type { PlanAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { CostBars } from '../parts/CostBars.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Figures } from '../parts/Figures.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import { Shares } from './Shares.tsx';

interface Props {
  readonly plan: PlanAnswer;
  readonly summary: NonNullable<PlanAnswer['summary']>;
}

/** The sums of a plan. */
export const PlanSummary = ({ plan, summary }: Props) => {
  const { text, format } = useSpeech();
  const { plans } = text;
  const { currency, estimates } = summary;
  const seconds = plan.endedAt === undefined ? undefined : (Date.parse(plan.endedAt) - Date.parse(plan.askedAt)) / 1000;
  const each = summary.orders === 0 ? 0 : Number(summary.sellerCost) / summary.orders;
  return (
    <>
      <Figures
        figures={[
          { name: plans.orders, value: format.number(summary.orders) },
          { name: plans.parcels, value: format.number(summary.parcels) },
          {
            name: plans.sellerCost,
            value: format.money(summary.sellerCost, currency),
            note: `${format.money(each.toFixed(2), currency)} ${plans.perOrder}`,
          },
          { name: plans.late, value: format.percent(summary.lateShare), note: plans.lateNote },
          { name: plans.gap, value: format.percent(summary.gap), note: plans.gapNote },
        ]}
      />
      <div className={css.even}>
        <Section title={plans.costs}>
          <CostBars costs={summary.costs} sellerCost={summary.sellerCost} currency={currency} />
        </Section>
        <div className={css.stack}>
          <Section title={plans.modes}>
            <Shares
              counts={Object.entries(summary.modes).map(([mode, count]) => [wordFor(text.mode, mode), count])}
              whole={summary.orders}
            />
          </Section>
          <Section title={plans.holds}>
            {Object.keys(summary.holds).length === 0 ? (
              <p className={css.sub}>{plans.noHolds}</p>
            ) : (
              <Shares counts={Object.entries(summary.holds)} whole={summary.orders} />
            )}
          </Section>
        </div>
        <Section title={plans.assumptions}>
          <div className={css.stack}>
            <p>
              {estimates.skus === 0
                ? plans.noEstimates
                : plans.estimates(
                    format.number(estimates.skus),
                    format.number(estimates.orders),
                    format.percent(estimates.shareOfCost),
                  )}
            </p>
            <Facts
              facts={[
                ...Object.entries(summary.assumptions).map(
                  ([name, count]) => [wordFor(text.assumption, name), format.number(count)] as const,
                ),
                [plans.bound, `${format.money(summary.bound, currency)} (${plans.boundNote})`],
                [plans.took, seconds === undefined ? undefined : plans.seconds(format.number(seconds))],
              ]}
            />
          </div>
        </Section>
      </div>
    </>
  );
};
