import type { Fault, Result } from '@crossparcel/units';
import type { SpikeAnswer } from './answer.ts';
import { SpikeEvidence, type UsedSignal } from './evidence.ts';
import type { SpikeForecaster } from './forecaster.ts';
import type { SpikeRequest } from './reading.ts';

/**
 * One post, video or launch under watch: readings come one at a time and the answer is always that of all so far. A look costs
 * the logarithm of the number of readings, not their number.
 */
export class SpikeWatch {
  readonly #forecaster: SpikeForecaster;
  readonly #evidence: SpikeEvidence;

  /** Starts from what is known already, free of faults (`spikeFault`). */
  constructor(forecaster: SpikeForecaster, request: SpikeRequest) {
    this.#forecaster = forecaster;
    this.#evidence = new SpikeEvidence(request);
  }

  /** Adds an event: a share and the followers of who shared, or an order and its units. */
  event(time: number, weight: number): void {
    this.#evidence.addEvent(time, weight);
  }

  /** Adds a cumulative reading of the counter, or of a signal. Throws a RangeError for one before the last, or lower. */
  reading(time: number, total: number, signal?: UsedSignal): void {
    this.#evidence.addReading(time, total, signal);
  }

  /** The total at a horizon by now, and the state. */
  answer(horizon: number, levels: ReadonlyMap<string, number>): Result<SpikeAnswer, Fault> {
    return this.#forecaster.look(this.#evidence, horizon, levels);
  }
}
