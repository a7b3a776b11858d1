import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Records } from '../parts/Records.tsx';
import type { OrderDay } from './spikes.ts';
import css from './today.module.css';

/** The chart's numbers as a table, the latest day first. */
export const DaysTable = ({ days }: { readonly days: readonly OrderDay[] }) => {
  const { text, format } = useSpeech();
  const { today, common } = text;
  return (
    <details className={css.details}>
      <summary>{common.asTable}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label={today.chart}>
        <Records
          label={today.chart}
          rows={[...days].reverse()}
          keyOf={({ day }) => day}
          columns={[
            { key: 'day', head: today.day, cell: ({ day }) => format.day(day) },
            { key: 'orders', head: today.orders, isNumeric: true, cell: ({ orders }) => format.number(orders) },
            { key: 'units', head: today.units, isNumeric: true, cell: ({ units }) => format.number(units) },
          ]}
        />
      </section>
    </details>
  );
};
