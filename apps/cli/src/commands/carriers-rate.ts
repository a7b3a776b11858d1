import { type Carrier, type Rates, type Shipment, shipmentSchema } from '@crossparcel/connectors/carriers';
import { type Fault, formatMinor, ok, problemDetails, type Result } from '@crossparcel/units';
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

/** Prints the rates of each shipment, and gives the exit code. */
export const rateShipments = async (files: readonly string[], options: CarriersOptions): Promise<number> => {
  const carriers = await openCarriers(options.accounts);
  return answerEach(files, shipmentSchema, options, rateBy(carriers));
};
