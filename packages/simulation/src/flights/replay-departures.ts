import type { Generator as RandomGenerator } from '@crossparcel/numerics';
import {
  type DelayHistoryRecord,
  type FlightEvent,
  instantOf,
  inTimeOrder,
  type Minute,
  type Movement,
} from '@crossparcel/transport';
import { formatInstant } from '@crossparcel/units';

type News = DelayHistoryRecord['news'];
type Leads = News['cancellations'];

/** Minutes ahead of departure at which a cancellation is told: a band by its share, then evenly within it. */
const cancellationLead = (bands: Leads, generator: RandomGenerator): number => {
  const shares = bands.reduce((sum, { share }) => sum + share, 0);
  let left = generator.unit() * shares;
  const within = generator.unit();
  for (const { fromMinutes, toMinutes, share } of bands) {
    left -= share;
    if (left < 0) return Math.floor(fromMinutes + within * (toMinutes - fromMinutes));
  }
  return 0;
};

const text = (minute: Minute): string => formatInstant(instantOf(minute));

/** A flown movement: the first estimate that such a delay gets, the whole delay when it should have left, and take-off. */
const flown = ({ flight, airport, scheduled }: Movement, delayMin: number, news: News): FlightEvent[] => {
  const which = { flight, scheduled: text(scheduled), origin: airport };
  const departure = text(scheduled + delayMin);
  const departed: FlightEvent = { kind: 'departed', at: departure, ...which, departure };
  const [first] = news.departures
    .filter(({ aboveMinutes }) => delayMin > aboveMinutes)
    .sort((a, b) => b.aboveMinutes - a.aboveMinutes);
  if (!first) return [departed];
  const estimate = text(scheduled + Math.round(first.share * delayMin));
  return [
    { kind: 'delayed', at: text(scheduled - first.leadMinutes), ...which, departure: estimate },
    { kind: 'delayed', at: text(scheduled), ...which, departure },
    departed,
  ];
};

const eventsOf = (movement: Movement, news: News, generator: RandomGenerator): FlightEvent[] => {
  const { flight, airport, scheduled, delayMin } = movement;
  if (delayMin !== undefined) return flown(movement, delayMin, news);
  const at = text(scheduled - cancellationLead(news.cancellations, generator));
  return [{ kind: 'cancelled', at, flight, scheduled: text(scheduled), origin: airport }];
};

const inOrder = (a: Movement, b: Movement): number =>
  a.scheduled - b.scheduled || (a.flight < b.flight ? -1 : Number(a.flight > b.flight));

/**
 * What became known of departures of the past, in time order: recorded are only what became of them, so that *when* it was
 * told follows `news`: the first estimate of a delay so long ahead and with such a share of it, the whole delay at the
 * scheduled departure, take-off when it happened; a cancellation so long ahead as the generator draws. The last event of
 * every movement is its recorded end. The same movements and seed give the same events, in whatever order they come.
 */
export function* replayDepartures(
  movements: readonly Movement[],
  news: News,
  generator: RandomGenerator,
): Generator<FlightEvent> {
  yield* inTimeOrder(movements.toSorted(inOrder).flatMap((movement) => eventsOf(movement, news, generator)));
}
