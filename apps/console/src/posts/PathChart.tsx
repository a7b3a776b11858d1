import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { AxisLines } from '../parts/AxisLines.tsx';
import axis from '../parts/chart.module.css';
import { roundTop } from '../parts/round-top.ts';
import css from './posts.module.css';

const HEIGHT = 200;
const LEFT = 56;
const BOTTOM = 22;
const TOP = 10;

/** A total expected at an instant: middle, and the interval of 80 %. */
export interface PathStep {
  readonly t: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

interface Props {
  readonly title: string;
  readonly startsAt: string;
  /** Totals so far by seconds since the publication, and the last that is known. */
  readonly seen: readonly (readonly [number, number])[];
  readonly now: { readonly t: number; readonly total: number };
  readonly path: readonly PathStep[];
}

const dayAt = (startsAt: string, seconds: number): string =>
  new Date(Date.parse(startsAt) + seconds * 1000).toISOString();

/** The total so far and where it is expected to go, with the interval of 80 % as a band. */
export const PathChart = ({ title, startsAt, seen, now, path }: Props) => {
  const { text, format } = useSpeech();
  const { ref, width } = useElementSize();
  const id = useId();
  const from: PathStep = { t: now.t, low: now.total, median: now.total, high: now.total };
  const steps = [from, ...path];
  const last = steps.at(-1) ?? from;
  const top = roundTop(Math.max(...steps.map(({ high }) => high)));
  const xOf = (t: number): number => LEFT + (Math.max(0, width - LEFT) * t) / last.t;
  const yOf = (total: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - total / top);
  const line = (at: (step: PathStep) => number, of = steps): string =>
    of.map((step) => `${xOf(step.t)},${yOf(at(step))}`).join(' ');
  const band = `${line(({ high }) => high)} ${line(({ low }) => low, steps.toReversed())}`;
  const curve = [[0, 0] as const, ...seen, [now.t, now.total] as const]
    .map(([t, total]) => `${xOf(t)},${yOf(total)}`)
    .join(' ');
  const summary = text.posts.chartText(
    format.number(Math.round(now.total)),
    format.number(Math.round(last.low)),
    format.number(Math.round(last.high)),
    format.day(dayAt(startsAt, last.t)),
  );
  return (
    <div ref={ref}>
      <svg
        className={css.chart}
        role="img"
        aria-labelledby={`${id}-title ${id}-text`}
        viewBox={`0 0 ${Math.max(1, width)} ${HEIGHT}`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-text`}>{summary}</desc>
        <AxisLines top={top} left={LEFT} right={width} yOf={yOf} write={format.compact} />
        <polygon className={css.band} points={band} />
        <polyline className={css.expected} points={line(({ median }) => median)} />
        <polyline className={css.seen} points={curve} />
        <circle className={css.now} cx={xOf(from.t)} cy={yOf(from.median)} r={4} />
        <text className={axis.label} x={LEFT} y={HEIGHT - 6}>
          {format.shortDay(startsAt)}
        </text>
        <text className={axis.label} x={width} y={HEIGHT - 6} textAnchor="end">
          {format.shortDay(dayAt(startsAt, last.t))}
        </text>
      </svg>
    </div>
  );
};
