import { Reference } from '@crossparcel/files';
import { generatorOf } from '@crossparcel/numerics';
import { CompiledCard, type RateCardRecord, type Trip } from '@crossparcel/transport';
import { parseDay } from '@crossparcel/units';
import type { Contest } from './contest.ts';

const QUOTES = 200_000;

/** Quotes of a rate card, beside the least that any engine has to do: rounding up a mass and looking a row up. */
export const contests = async (): Promise<Contest[]> => {
  const reference = new Reference();
  const recordOf = (id: string) => reference.rateCards().find((card) => card.id === id) as RateCardRecord;
  const cardOf = (id: string) => new CompiledCard(recordOf(id), (price) => price);
  const random = generatorOf(1);
  const parcels = Array.from({ length: 1000 }, () => ({
    outer: {
      lengthMm: random.integer(100, 500),
      widthMm: random.integer(80, 400),
      heightMm: random.integer(10, 350),
    },
    grossGrams: random.integer(50, 15_000),
  }));
  const trip: Trip = { country: 'US', zone: '6', day: parseDay('2026-11-22') ?? 0 };
  const ground = cardOf('usps-ground-advantage-commercial');
  const formats = cardOf('royal-mail-formats');
  const { price: table } = recordOf('usps-ground-advantage-commercial').rates[0] ?? {};
  const column = table?.kind === 'by-weight' ? table.prices.map((row) => (row as number[])[5] ?? 0) : [];
  const each = (quote: (parcel: (typeof parcels)[number]) => number) => () => {
    let sum = 0;
    for (let index = 0; index < QUOTES; index += 1) sum += quote(parcels[index % 1000] as (typeof parcels)[number]);
    if (sum <= 0) throw new Error('no price');
    return QUOTES;
  };
  return [
    {
      title: `${QUOTES.toLocaleString('en-US')} quotes, one core`,
      unit: 'quotes/s',
      contestants: [
        {
          name: 'crossparcel, weight and zone with dimensional weight',
          run: each(({ outer, grossGrams }) => ground.quote(outer, grossGrams, trip)?.price ?? 0),
        },
        {
          name: 'crossparcel, four formats',
          run: each(({ outer, grossGrams }) => formats.quote(outer, grossGrams, trip)?.price ?? 0),
        },
        {
          name: 'crossparcel, explained line by line',
          run: each(({ outer, grossGrams }) => {
            const explained = ground.explain(outer, grossGrams, trip);
            return explained.ok ? explained.value.price : 0;
          }),
        },
        {
          name: 'bound: actual pounds looked up in one column',
          run: each(({ grossGrams }) => column[Math.ceil(grossGrams / 453.59237)] ?? 0),
        },
      ],
    },
  ];
};
