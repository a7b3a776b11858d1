import {
  type CascadeModelRecord,
  cascadeFeatures,
  SPIKE_LEVELS,
  SpikeEvidence,
  type TruncatedLinesRecord,
  timeFeatures,
} from '@crossparcel/demand';
import { normalQuantile, ridgeRegression } from '@crossparcel/numerics';
import { DAY, HOUR, type SpikeItem, seenAt, totalAt } from './spike-data.ts';
import {
  type Cell,
  DATED,
  type Line,
  scaled,
  scalingOf,
  short,
  smallestOf,
  truncatedEnd,
  unscaled,
  weightedQuantile,
} from './spike-learn.ts';

const CASCADE_AGES = Array.from({ length: 19 }, (_, step) => Math.round(60 * 1.6 ** step));
const WAY_PARTS = [0.25, 0.5, 0.75];
const WEEK = 7 * DAY;
/** Only tweets that came to more are in the data. */
const LEAST_TOTAL = 2000;
/** Rows of other ages count by how near they are, in logarithms. */
const NEAR = 0.4;
const LEAST_WEIGHT = 0.03;
/** The ridge, in items; the mechanism's features say more the older a cascade is. */
const CASCADE_RIDGE = 10;
const SIZE_RIDGE = 0.5;
/** Up to an hour the line through all is averaged with the one through the size alone; from six hours on it stands for itself. */
const sizeShare = (age: number): number => Math.min(0.5, Math.max(0, 0.5 * (1 - Math.log(age / HOUR) / Math.log(6))));

/** A cascade seen at an age near that of a line. */
interface CascadeSight {
  readonly item: SpikeItem;
  readonly features: readonly number[];
  readonly seen: number;
  readonly age: number;
  readonly weight: number;
  readonly lag: number;
}

interface CascadeRow extends Pick<CascadeSight, 'features' | 'weight' | 'lag'> {
  readonly growth: number;
}

type CascadeLook = (evidence: SpikeEvidence, age: number) => number[];

/** What a line costs of the freedom of its residuals, in items; and how much wider theirs come on others. */
const FREE = 3;
const WIDER = 1.05;

/** A line through the first features of rows, by least squares with a ridge; `items` says how many rows count as. */
const cascadeLine = (rows: readonly CascadeRow[], first: number, items: number): Line => {
  const weights = rows.map(({ weight }) => weight);
  const columns = rows.map(({ features, lag }) => [...features.slice(0, first), lag]);
  const scaling = scalingOf(columns, weights);
  const perItem = weights.reduce((sum, weight) => sum + weight, 0) / items;
  const line = ridgeRegression(
    columns.map((column) => scaled(column, scaling)),
    rows.map(({ growth }) => growth),
    weights.map((weight) => weight / perItem),
    Array.from({ length: first + 2 }, (_, at) => (at === 1 ? SIZE_RIDGE : CASCADE_RIDGE)),
  );
  return unscaled(line, scaling);
};

/** One line for all levels; levels apart by residuals and by their deviation. */
const cascadeCell = (rows: readonly CascadeRow[], items: number, age: number): Cell => {
  const width = rows[0]?.features.length ?? 0;
  const full = cascadeLine(rows, width, items);
  const size = cascadeLine(rows, 1, items);
  const share = sizeShare(age);
  const slope = (line: Line, at: number, of: number): number => (at < of ? (line.slopes[at] as number) : 0);
  const slopes = Array.from({ length: width }, (_, at) =>
    short((1 - share) * slope(full, at, width) + share * slope(size, at, 1)),
  );
  const offset = (1 - share) * full.offset + share * size.offset;
  const lagSlope = (1 - share) * (full.slopes.at(-1) ?? 0) + share * (size.slopes.at(-1) ?? 0);
  const residuals = rows.map(({ features, growth, weight, lag }) => {
    const fitted = slopes.reduce((sum, one, at) => sum + one * (features[at] as number), offset + lagSlope * lag);
    return [growth - fitted, weight] as const;
  });
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const squares = residuals.reduce((sum, [value, weight]) => sum + weight * value ** 2, 0);
  const deviation = Math.sqrt((squares / total) * (items / (items - FREE)));
  // Residuals lean to one side: their median is the middle, and not the line through their mean.
  const middle = weightedQuantile(residuals, 0.5);
  const beside = (level: number) =>
    (weightedQuantile(residuals, level) - middle) * WIDER + deviation * normalQuantile(level);
  return {
    offsets: SPIKE_LEVELS.map((level) => short(offset + middle + beside(level) / 2)),
    slopes: [slopes],
  };
};

/** The same for truncated lines, as folds bore out. */
const WIDER_ENDS = 1.1;

const growthTo = ({ item, seen }: CascadeSight, horizon: number): number =>
  Math.log((totalAt(item, horizon) + 1) / (seen + 1));

const cascadeEnd = (sights: readonly CascadeSight[], items: number): TruncatedLinesRecord['lines'][number] => {
  const total = sights.reduce((sum, { weight }) => sum + weight, 0);
  const columns = sights.map(({ features, lag }) => [...features, lag]);
  const rows = {
    columns,
    seen: sights.map(({ seen }) => seen),
    growths: sights.map((sight) => growthTo(sight, WEEK)),
    weights: sights.map(({ weight }) => (weight * items) / total),
    ridges: Array.from(columns[0] ?? [], (_, at) => (at === 0 ? SIZE_RIDGE : CASCADE_RIDGE)),
    leastTotal: LEAST_TOTAL,
    wider: WIDER_ENDS,
  };
  const { slopes, ...end } = truncatedEnd(rows);
  const line = { ...end, slopes: slopes.slice(0, -1) };
  const own = sights.filter(({ lag }) => lag === 0);
  return { ...line, smallest: smallestOf(line, own) };
};

/** Cascades as seen at an age, and at others near it. */
const sightsNear = (seen: readonly (readonly Omit<CascadeSight, 'weight' | 'lag'>[])[], age: number): CascadeSight[] =>
  seen.flatMap((all) =>
    all.flatMap((one) => {
      const lag = Math.log(one.age / age);
      const weight = Math.exp(-0.5 * (lag / NEAR) ** 2);
      return weight < LEAST_WEIGHT ? [] : [{ ...one, weight, lag }];
    }),
  );

const cascadeLines = (items: readonly SpikeItem[], look: CascadeLook): CascadeModelRecord['times'] => {
  const seen = CASCADE_AGES.map((age) =>
    items.map((item) => {
      const evidence = new SpikeEvidence(seenAt(item, age, WEEK));
      return { item, features: look(evidence, age), seen: evidence.counts.at(age), age };
    }),
  );
  const near = CASCADE_AGES.map((age) => sightsNear(seen, age));
  return {
    ends: { ages: CASCADE_AGES, lines: near.map((sights) => cascadeEnd(sights, items.length)) },
    ways: {
      ages: CASCADE_AGES,
      parts: WAY_PARTS,
      cells: CASCADE_AGES.map((own, at) =>
        WAY_PARTS.map((part) => {
          const rows = (near[at] ?? []).map((sight) => {
            const growth = growthTo(sight, sight.age * (WEEK / sight.age) ** part);
            return { ...sight, growth };
          });
          return cascadeCell(rows, items.length, own);
        }),
      ),
    },
  };
};

/** Learns cascades known share by share. */
export const learnCascades = (items: readonly SpikeItem[]): CascadeModelRecord => ({
  id: 'cascade',
  ...DATED,
  source: 'SEISMIC data by way of NII-Kobayashi/TiDeH (MIT): 49 tweets of 2011 with more than 2,000 retweets',
  firstAge: CASCADE_AGES[0] as number,
  lastAge: CASCADE_AGES.at(-1) as number,
  horizon: WEEK,
  held: [],
  times: cascadeLines(items, ({ counts }, age) => timeFeatures(counts, age)),
  followers: cascadeLines(items, cascadeFeatures),
  leastTotal: LEAST_TOTAL,
});
