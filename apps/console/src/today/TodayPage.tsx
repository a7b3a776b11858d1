import type { Today } from '@crossparcel/api';
import { useToday } from '../data/use-today.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Answer } from '../parts/Answer.tsx';
import { Figures } from '../parts/Figures.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PlanButton } from '../parts/PlanButton.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import { Concerns } from './Concerns.tsx';
import { DaysTable } from './DaysTable.tsx';
import { OrdersChart } from './OrdersChart.tsx';
import { spikeDays } from './spikes.ts';
import chart from './today.module.css';

const MOVING = ['moving', 'in-customs', 'out-for-delivery', 'at-pickup-point', 'returning'] as const;

const useFigures = ({ orders, parcels, onTimeShare }: Today) => {
  const { text, format } = useSpeech();
  const { today } = text;
  const moving = MOVING.reduce((sum, state) => sum + (parcels[state] ?? 0), 0);
  return [
    {
      name: today.waiting,
      value: format.number(orders.ready ?? 0),
      note: today.waitingNote(format.number(orders.held ?? 0)),
    },
    {
      name: today.despatched,
      value: format.number(orders.despatched ?? 0),
      note: today.despatchedNote(format.number(orders.delivered ?? 0)),
    },
    {
      name: today.moving,
      value: format.number(moving),
      note: today.movingNote(format.number(parcels['in-customs'] ?? 0)),
    },
    {
      name: today.onTime,
      value: onTimeShare === undefined ? '–' : format.percent(onTimeShare),
      note: onTimeShare === undefined ? today.onTimeNone : today.onTimeNote,
    },
  ];
};

const Board = ({ today }: { readonly today: Today }) => {
  const { text, format } = useSpeech();
  const figures = useFigures(today);
  const spikes = spikeDays(today.days);
  const hasOrders = Object.values(today.orders).some((count) => count > 0);
  return (
    <div className={css.stack}>
      <Figures figures={figures} />
      {!hasOrders && (
        <Section title={text.today.noOrders}>
          <p>{text.today.noOrdersMend}</p>
        </Section>
      )}
      <Section title={text.today.concerns} isFlush>
        <Concerns concerns={today.concerns} />
      </Section>
      <Section title={text.today.chart} beside={<span className={css.note}>{text.today.chartNote}</span>}>
        <OrdersChart days={today.days} />
        <div className={css.between}>
          <DaysTable days={today.days} />
          {spikes.length > 0 && (
            <span className={chart.spikes}>
              {text.today.spikes(format.list(spikes.slice(-3).map(({ day }) => format.shortDay(day))))}
            </span>
          )}
        </div>
      </Section>
    </div>
  );
};

export const TodayPage = () => {
  const { text, format } = useSpeech();
  const today = useToday();
  return (
    <>
      <PageHead
        title={text.today.title}
        beside={
          today.data && (
            <span className={css.sub}>{text.today.asOf(`${format.time(today.data.at)} ${format.zoneName}`)}</span>
          )
        }
        actions={<PlanButton />}
      />
      <Answer query={today} lines={8}>
        {(data) => <Board today={data} />}
      </Answer>
    </>
  );
};
