import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import { CurveForest, curveForestSchema } from '../trees/curve-forest.ts';
import { METHODS } from './methods.ts';

/** What the baseline goes by for periods of some length: trees learned across series, and the weights of the methods. */
export const baselineModelSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  /** The model serves grids with up to so many steps in a year. */
  mostStepsPerYear: z.number().positive(),
  /** Weight of each method before a file says otherwise. */
  weights: z.strictObject(Object.fromEntries(METHODS.map((method) => [method, z.number().nonnegative()]))),
  /** How fast a method that does worse on a file loses weight there: by a factor of e for each 1/trust of relative loss. */
  trust: z.number().nonnegative(),
  /** Trees are not asked of histories that stand higher than this, in units of their ups and downs. */
  mostLevel: z.number().positive(),
  /** Trees that answer for every level. */
  forest: curveForestSchema,
});
export type BaselineModelRecord = z.infer<typeof baselineModelSchema>;

/** A model ready to be asked. */
export interface BaselineModel {
  readonly mostStepsPerYear: number;
  readonly weights: readonly number[];
  readonly trust: number;
  readonly mostLevel: number;
  readonly forest: CurveForest;
}

/** Makes a record ready to be asked. */
export const compileBaseline = (record: BaselineModelRecord): BaselineModel => ({
  mostStepsPerYear: record.mostStepsPerYear,
  weights: METHODS.map((method) => record.weights[method] ?? 0),
  trust: record.trust,
  mostLevel: record.mostLevel,
  forest: new CurveForest(record.forest),
});

/** The model for a number of steps in a year: the one with the fewest that still serves it, else the one with the most. */
export const modelFor = (models: readonly BaselineModel[], perYear: number): BaselineModel => {
  const ordered = models.toSorted((one, other) => one.mostStepsPerYear - other.mostStepsPerYear);
  const model = ordered.find(({ mostStepsPerYear }) => mostStepsPerYear >= perYear) ?? ordered.at(-1);
  if (!model) throw new RangeError('there is no model of demand');
  return model;
};
