import { QuantileCurve, sampleQuantile } from '@crossparcel/numerics';

/** What is expected of a period: the mean, and the whole distribution by its quantiles. */
export interface StepForecast {
  readonly mean: number;
  readonly curve: QuantileCurve;
}

const LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

export const forecastSeries = (values: readonly number[], horizon: number): StepForecast[] => {
  const recent = values.slice(-13);
  const mean = recent.reduce((sum, value) => sum + value, 0) / recent.length;
  const curve = new QuantileCurve(
    LEVELS,
    LEVELS.map((level) => sampleQuantile(recent, level)),
  );
  return Array.from({ length: horizon }, () => ({ mean, curve }));
};
