import { type Carrier, type Rates, type Shipment, shipmentSchema } from '@crossparcel/connectors/carriers';
import { type Fault, formatMinor, ok, problemDetails, type Result } from '@crossparcel/units';
import { Command } from 'commander';
import { openCarriers } from './carriers-accounts.ts';
import { type Answered, answerEach, type CarriersOptions } from './carriers-records.ts';

const shown = ({ quotes, refused }: Rates) => ({
  quotes: quotes.map(({ cost, ...quote }) => ({
    ...quote,
    currency: cost.currency,
    price: formatMinor(cost.minor, cost.currency),
  })),
  refused,
});

/** What all carriers that rate say of a shipment; one that fails is shown with its fault, and the others answer all the same. */
const rateBy =
  (carriers: readonly Carrier[]) =>
  async (shipment: Shipment): Promise<Result<Answered, Fault>> => {
    const asked = carriers.filter(({ abilities }) => abilities.includes('rate'));
    const answers = await Promise.all(
      asked.map(async (carrier) => {
        const rates = await carrier.rate(shipment);
        return rates.ok
          ? { carrier: carrier.id, ...shown(rates.value) }
          : { carrier: carrier.id, error: problemDetails(rates.error, 502) };
      }),
    );
    const isWhole = answers.every((answer) => !('error' in answer));
    return ok({ record: { id: shipment.id, carriers: answers }, isWhole });
  };

/** `crossparcel carriers rate`: what carriers ask for shipments. */
export const carriersRate = (): Command =>
  new Command('rate')
    .summary('what carriers ask for shipments: rate cards on file, and every account that is given')
    .argument('[files...]', 'shipments as NDJSON or JSON; standard input without any')
    .option('--accounts <file>', 'accounts with carriers, JSON; without it no carrier is asked')
    .option('--keep-going', 'show bad records in place, and exit with 3 at the end')
    .action(async (files: string[], options: CarriersOptions) => {
      const carriers = await openCarriers(options.accounts);
      process.exitCode = await answerEach(files, shipmentSchema, options, rateBy(carriers));
    });
