import { Reference } from '@crossparcel/files';
import { generatorOf } from '@crossparcel/numerics';
import type { ScreeningMethod } from '@crossparcel/trade';
import { DeniedParties } from '@crossparcel/trade/screening';
import type { Contest } from './contest.ts';
import { inventedList, inventedParties } from './screening-names.ts';

const ENTRIES = 20_000;
const PARTIES = 2000;
/** Parties enough for ten runs in which no party comes twice. */
const STOCK = 10 * PARTIES;
const SCANNED = 20;

/** Parties screened against 20,000 invented entries: by the index, and by comparing with every name. */
export const contests = async (): Promise<Contest[]> => {
  const random = generatorOf(7);
  const list = inventedList(random, ENTRIES);
  const stock = inventedParties(random, list, STOCK);
  const parties = new DeniedParties([list], new Reference().screeningMethods().at(-1) as ScreeningMethod);
  for (const name of stock.slice(0, SCANNED)) {
    const [found, scanned] = [parties.screen({ name }), parties.screenByScan({ name })];
    if (JSON.stringify(found) !== JSON.stringify(scanned)) throw new Error(`index and scan differ on ${name}`);
  }
  let runs = 0;
  const screened = (names: readonly string[]) => {
    for (const name of names) parties.screen({ name });
    return names.length;
  };
  return [
    {
      title: `parties against ${ENTRIES.toLocaleString('en-US')} entries, one core`,
      unit: 'parties/s',
      contestants: [
        {
          name: 'crossparcel, parties not seen before',
          run: () => {
            runs += 1;
            return screened(stock.slice(((runs - 1) * PARTIES) % STOCK).slice(0, PARTIES));
          },
        },
        { name: 'crossparcel, the same parties again', run: () => screened(stock.slice(0, PARTIES)) },
        {
          name: 'bound: the same scores by comparing with every name',
          run: () => {
            for (const name of stock.slice(0, SCANNED)) parties.screenByScan({ name });
            return SCANNED;
          },
        },
      ],
    },
  ];
};
