import type { FlightEvent } from '@crossparcel/transport';
import type { Fault, Instant } from '@crossparcel/units';

/** A flight that somebody wants news of. */
export interface WatchedFlight {
  readonly flight: string;
  /** Its published departure and arrival. */
  readonly scheduled: Instant;
  readonly arrival: Instant;
  readonly origin: string;
  readonly destination: string;
}

/** What a source came back with. */
export interface FlightReport {
  /** News since it was last asked, in time order. */
  readonly events: readonly FlightEvent[];
  /** What could not be read or had; the rest goes on. */
  readonly faults: readonly Fault[];
  /** When calls were made, second tries too: what the budget is charged. */
  readonly calls: readonly Instant[];
}

/** Whoever knows how flights fare. */
export interface FlightStatusSource {
  /** Asks for flights with at most so many calls, second tries included. */
  status(flights: readonly WatchedFlight[], mostCalls: number): Promise<FlightReport>;
}
