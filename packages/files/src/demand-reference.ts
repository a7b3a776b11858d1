import { join } from 'node:path';
import {
  type AlarmRules,
  alarmRulesSchema,
  type BaselineModelRecord,
  baselineModelSchema,
  cascadeModelSchema,
  counterModelSchema,
  type LaunchModelRecord,
  launchModelSchema,
  launchPlacementSchema,
  type Monitoring,
  monitoringSchema,
  nextCountriesModelSchema,
  orderModelSchema,
  type PlacementModels,
  type PresaleModelRecord,
  placementModelSchema,
  presaleModelSchema,
  type SpikeModels,
  type SpikeRules,
  spikeRulesSchema,
  viewsModelSchema,
} from '@crossparcel/demand';
import * as z from 'zod';
import { InputError } from './input-error.ts';
import { readChecked } from './read-checked.ts';
import { REFERENCE } from './reference.ts';

const FOLDER = join(REFERENCE, 'demand');

/** What was learned of demand, and from when on it counts as evidence; each file is read when it is asked for. */
export class DemandReference {
  /** What forecasts of demand go by: models for months and for shorter periods, and one for launches. */
  demandModels(): { readonly baseline: readonly BaselineModelRecord[]; readonly launch: LaunchModelRecord } {
    const baseline = ['monthly', 'weekly'].map((name) => this.#latest(z.array(baselineModelSchema), `${name}.json`));
    return { baseline, launch: this.#latest(z.array(launchModelSchema), 'launch.json') };
  }

  /** What spikes are sized by, and when counts are evidence of one. */
  spikeModels(): SpikeModels & { readonly rules: SpikeRules } {
    return {
      counter: this.#latest(z.array(counterModelSchema), 'spike-counters.json'),
      cascade: this.#latest(z.array(cascadeModelSchema), 'spike-cascades.json'),
      orders: this.#latest(z.array(orderModelSchema), 'spike-orders.json'),
      views: this.#latest(z.array(viewsModelSchema), 'views.json'),
      nextCountries: this.#latest(z.array(nextCountriesModelSchema), 'next-countries.json'),
      rules: this.#latest(z.array(spikeRulesSchema), 'spike-rules.json'),
    };
  }

  /** When a count of orders is an alarm. */
  spikeAlarmRules(): AlarmRules {
    return this.#latest(z.array(alarmRulesSchema), 'spike-alarm.json');
  }

  /** What placement of stock goes by where a file of products says too little, and how launches go on. */
  placementModels(): PlacementModels {
    return {
      rates: this.#latest(z.array(placementModelSchema), 'placement.json'),
      launch: this.#latest(z.array(launchPlacementSchema), 'placement-launch.json'),
    };
  }

  /** When forecasts of demand count as drifting. */
  demandMonitoring(): Monitoring {
    return this.#latest(z.array(monitoringSchema), 'monitoring.json');
  }

  /** Past launches, by which evidence before the next is weighed. */
  presaleModel(): PresaleModelRecord {
    return this.#latest(z.array(presaleModelSchema), 'presale.json');
  }

  #latest<Row>(schema: z.ZodType<Row[]>, name: string): Row {
    const file = join(FOLDER, name);
    const row = readChecked(schema, file).at(-1);
    if (row !== undefined) return row;
    throw new InputError({ code: 'empty-file', what: 'has no record', mend: 'add one' }, { file, line: 1 });
  }
}
