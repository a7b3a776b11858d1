import type { Place } from '@crossparcel/api';
import { type PlacementModels, SpikeForecaster } from '@crossparcel/demand';
import type { LabelBook } from '@crossparcel/documents';
import {
  type ConcernThresholds,
  DemandReference,
  type NumberRange,
  type NumberReuse,
  type PostalFormLimits,
  Reference,
} from '@crossparcel/files';
import { compileNetwork, type EstimatesRecord, type Network, type NetworkRecord } from '@crossparcel/planning';
import type { Law } from '@crossparcel/trade';
import { sameEveryDay } from '@crossparcel/units';

/** The reference data that the server works with, read when it is first needed. */
export class Atlas {
  readonly #reference = new Reference();
  #network: { readonly record: NetworkRecord; readonly compiled: Network } | undefined;
  #labelBook: LabelBook | undefined;
  #law: Law | undefined;
  #places: readonly Place[] | undefined;
  #spikes: SpikeForecaster | undefined;

  /** The network on which plans are made. */
  network(): Network {
    return this.#networks().compiled;
  }

  /** The network as its file has it. */
  networkRecord(): NetworkRecord {
    return this.#networks().record;
  }

  /** The law of all markets. */
  law(): Law {
    this.#law ??= this.#reference.law(sameEveryDay(this.network().rates));
    return this.#law;
  }

  /** What stands in for facts that a catalogue lacks. */
  estimates(): EstimatesRecord {
    return this.#reference.estimates();
  }

  /** From when on something wants a person. */
  concernThresholds(): ConcernThresholds {
    return this.#reference.concernThresholds();
  }

  /** Up to where CN 22 will do. */
  postalFormLimits(): PostalFormLimits {
    return this.#reference.postalFormLimits();
  }

  /** Ranges of numbers for operators who have none of their own. */
  demoNumberRanges(): NumberRange[] {
    return this.#reference.demoNumberRanges();
  }

  /** When numbers may be given again. */
  numberReuse(): NumberReuse[] {
    return this.#reference.numberReuse();
  }

  /** What labels are made of. */
  labelBook(): LabelBook {
    this.#labelBook ??= this.#reference.labelBook();
    return this.#labelBook;
  }

  /** What sizes posts and launches. */
  spikes(): SpikeForecaster {
    if (!this.#spikes) {
      const { rules, ...models } = new DemandReference().spikeModels();
      this.#spikes = new SpikeForecaster(models, rules);
    }
    return this.#spikes;
  }

  /** What placement of stock goes by where the orders say too little. */
  placementModels(): PlacementModels {
    return new DemandReference().placementModels();
  }

  /** The places that legs run between. */
  places(): readonly Place[] {
    this.#places ??= this.#readPlaces();
    return this.#places;
  }

  #networks() {
    if (!this.#network) {
      const record = this.#reference.network();
      this.#network = { record, compiled: compileNetwork(record, this.#reference.networkReferences()) };
    }
    return this.#network;
  }

  #readPlaces(): Place[] {
    const { facilities } = this.networkRecord();
    const own = facilities.flatMap(({ id, kind, city, country, lat, lon }): Place[] =>
      lat === undefined || lon === undefined ? [] : [{ id, name: city, kind, country, lat, lon }],
    );
    const known = new Set(own.map(({ id }) => id));
    return [...own, ...this.#reference.places().filter(({ id }) => !known.has(id))];
  }
}
