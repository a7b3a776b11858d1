import type { Objective } from './offers.ts';

/** How much work is spent on an order. Work is counted, never timed: the same call gives the same answer everywhere. */
export const EFFORTS = ['fast', 'normal', 'thorough'] as const;
export type Effort = (typeof EFFORTS)[number];

/** The amounts of work behind an effort. */
export interface Work {
  /** Constructive passes before a carton counts as too small for some units. */
  readonly passes: number;
  /** Orders of so few units are tried in all ways before a carton counts as too small. */
  readonly exactUnits: number;
  /** Positions tried in that, at most. */
  readonly exactNodes: number;
  /** Pairs of a part and a part of it up to which all divisions of an order are searched; larger orders are searched by beam. */
  readonly pairs: number;
  /** Whether divisions are searched also where one carton holds everything. */
  readonly divides: boolean;
  /** Unfinished divisions that the beam keeps at each step. */
  readonly width: number;
  /** Cartons tried for the next parcel of each. */
  readonly branches: number;
  /** Passes to fill a carton with what goes in. */
  readonly fills: number;
  /** Blocks weighed, after the passes, to fill it better. */
  readonly blocks: number;
  /** Blocks weighed to load containers that cannot hold everything, altogether. */
  readonly loading: number;
}

const FOR_COST: Readonly<Record<Effort, Work>> = {
  fast: {
    passes: 3,
    exactUnits: 0,
    exactNodes: 0,
    pairs: 2_000,
    divides: false,
    width: 1,
    branches: 3,
    fills: 1,
    blocks: 0,
    loading: 3_000_000,
  },
  normal: {
    passes: 12,
    exactUnits: 4,
    exactNodes: 20_000,
    pairs: 150_000,
    divides: true,
    width: 3,
    branches: 8,
    fills: 2,
    blocks: 0,
    loading: 60_000_000,
  },
  thorough: {
    passes: 40,
    exactUnits: 5,
    exactNodes: 60_000,
    pairs: 400_000,
    divides: true,
    width: 6,
    branches: 10,
    fills: 4,
    blocks: 0,
    loading: 700_000_000,
  },
};

/** Where the fewest cartons are sought there are few cartons to choose from, and filling each well is all that counts. */
const FOR_CARTONS: Readonly<Record<Effort, Work>> = {
  fast: FOR_COST.fast,
  normal: { ...FOR_COST.normal, passes: 40, fills: 6, blocks: 20_000 },
  thorough: { ...FOR_COST.thorough, passes: 120, fills: 12, blocks: 100_000 },
};

/** The amounts of work for an effort and what is made small. */
export const workOf = (effort: Effort, objective: Objective): Work =>
  (objective === 'cost' ? FOR_COST : FOR_CARTONS)[effort];
