import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { AxisLines } from '../parts/AxisLines.tsx';
import axis from '../parts/chart.module.css';
import { roundTop } from '../parts/round-top.ts';
import { type OrderDay, spikeDays } from './spikes.ts';
import css from './today.module.css';

const HEIGHT = 180;
const LEFT = 40;
const BOTTOM = 22;
const TOP = 10;
const LABEL_PX = 76;

/** Orders a day as bars; days far above the usual stand out. */
export const OrdersChart = ({ days }: { readonly days: readonly OrderDay[] }) => {
  const { text, format } = useSpeech();
  const { ref, width } = useElementSize();
  const id = useId();
  const spikes = new Set(spikeDays(days).map(({ day }) => day));
  const highest = days.reduce<OrderDay | undefined>(
    (most, day) => (day.orders > (most?.orders ?? -1) ? day : most),
    undefined,
  );
  const top = roundTop(highest?.orders ?? 0);
  const step = Math.max(0, width - LEFT) / Math.max(1, days.length);
  const yOf = (orders: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - orders / top);
  const labelEvery = Math.max(1, Math.ceil(LABEL_PX / Math.max(1, step)));
  const orders = format.number(days.reduce((sum, day) => sum + day.orders, 0));
  const summary = text.today.chartText(
    orders,
    format.number(highest?.orders ?? 0),
    format.day(highest?.day ?? '1970-01-01'),
  );
  return (
    <div ref={ref}>
      <svg
        className={css.chart}
        role="img"
        aria-labelledby={`${id}-title ${id}-text`}
        viewBox={`0 0 ${Math.max(1, width)} ${HEIGHT}`}
      >
        <title id={`${id}-title`}>{text.today.chart}</title>
        <desc id={`${id}-text`}>{summary}</desc>
        <AxisLines top={top} left={LEFT} right={width} yOf={yOf} write={format.number} />
        {days.map(({ day, orders: count, units }, index) => (
          <g key={day}>
            <rect
              className={css.bar}
              data-spike={spikes.has(day)}
              x={LEFT + index * step + step * 0.15}
              width={step * 0.7}
              y={yOf(count)}
              height={yOf(0) - yOf(count)}
            />
            <rect className={css.hit} x={LEFT + index * step} width={step} y={TOP} height={HEIGHT - TOP - BOTTOM}>
              <title>{text.today.dayText(format.day(day), format.number(count), format.number(units))}</title>
            </rect>
            {(days.length - 1 - index) % labelEvery === 0 && LEFT + index * step > LEFT + LABEL_PX / 2 && (
              <text
                className={axis.label}
                x={index === days.length - 1 ? width : LEFT + (index + 0.5) * step}
                y={HEIGHT - 6}
                textAnchor={index === days.length - 1 ? 'end' : 'middle'}
              >
                {format.shortDay(day)}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
};
