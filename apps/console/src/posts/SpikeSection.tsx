import type { OutlookAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { reasonIn } from '../i18n/reasons.ts';
import { Facts } from '../parts/Facts.tsx';
import { Records } from '../parts/Records.tsx';
import { Section } from '../parts/Section.tsx';
import { PathChart, type PathStep } from './PathChart.tsx';
import css from './posts.module.css';
import { SpikeStateBadge } from './SpikeStateBadge.tsx';
import { useRange } from './use-range.ts';

type Spike = NonNullable<OutlookAnswer['orders']>;

interface Props {
  readonly title: string;
  readonly startsAt: string;
  readonly spike: Spike;
}

const Remarks = ({ title, remarks }: { readonly title: string; readonly remarks: readonly string[] }) => {
  const { language } = useSpeech();
  if (remarks.length === 0) return null;
  return (
    <div className={css.needs}>
      <h3>{title}</h3>
      <ul>
        {remarks.map((remark) => (
          <li key={remark}>{reasonIn(language, remark)}</li>
        ))}
      </ul>
    </div>
  );
};

/** What a counter stands at, what it comes to, and how sure that is. */
export const SpikeSection = ({ title, startsAt, spike }: Props) => {
  const { text, format } = useSpeech();
  const { posts, common } = text;
  const range = useRange();
  const { observed, observedUntil, median, held, needs, notes, path } = spike;
  const countries = spike.nextCountries?.countries.map(({ country, probability }) =>
    posts.nextOne(format.country(country), format.percent(probability)),
  );
  const number = (value: number): string => format.number(Math.round(value));
  const dayOf = ({ t }: PathStep): string => format.dateTime(new Date(Date.parse(startsAt) + t * 1000).toISOString());
  return (
    <Section title={title} beside={<SpikeStateBadge state={spike.state} />}>
      <Facts
        facts={[
          [posts.soFar, number(observed)],
          [posts.middle, number(median)],
          [posts.expected, range(spike)],
          [posts.next, countries && countries.length > 0 ? format.list(countries) : undefined],
          [posts.held, held && posts.heldText(format.percent(held.in80), format.number(held.items))],
        ]}
      />
      <Remarks title={posts.bear} remarks={notes} />
      <Remarks title={posts.needs} remarks={needs} />
      <PathChart
        title={title}
        startsAt={startsAt}
        seen={spike.seen}
        now={{ t: observedUntil, total: observed }}
        path={path}
      />
      <details className={css.details}>
        <summary>{common.asTable}</summary>
        <Records
          label={title}
          rows={path}
          keyOf={({ t }) => String(t)}
          columns={[
            { key: 'day', head: posts.until, cell: dayOf },
            { key: 'low', head: posts.low, isNumeric: true, cell: ({ low }) => number(low) },
            { key: 'median', head: posts.middle, isNumeric: true, cell: ({ median: middle }) => number(middle) },
            { key: 'high', head: posts.high, isNumeric: true, cell: ({ high }) => number(high) },
          ]}
        />
      </details>
    </Section>
  );
};
