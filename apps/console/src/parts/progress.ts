import type { Despatch, ParcelAnswer } from '@crossparcel/api';
import { MILESTONE_NAMES } from '@crossparcel/trace';

export type Progress = 'done' | 'under-way' | 'ahead';
type Leg = Despatch['legs'][number];
type Step = ParcelAnswer['timeline'][number];

const rankOf = (milestone: string): number => (MILESTONE_NAMES as readonly string[]).indexOf(milestone);

/** Milestones between which a leg of each kind is under way. */
const SPAN = {
  linehaul: [rankOf('collected'), rankOf('arrived')],
  'last-mile': [rankOf('arrived'), rankOf('delivered')],
} as const;

/** How far each leg is, by the milestones that count. */
export const progressOf = (legs: readonly Leg[], timeline: readonly Step[]): Progress[] => {
  const isAlone = legs.length === 1;
  const furthest = timeline
    .filter(({ isVoid, isOverruled }) => !isVoid && !isOverruled)
    .reduce((most, { milestone }) => Math.max(most, Math.min(rankOf(milestone), rankOf('delivered'))), -1);
  return legs.map(({ kind }) => {
    const [start, end] = SPAN[kind];
    if (furthest >= end) return 'done';
    // A parcel with one leg only is under way on it from the start.
    return furthest >= (isAlone ? rankOf('collected') : start) ? 'under-way' : 'ahead';
  });
};

/** The place that a read point names: what stands after the last colon or slash of its URI. */
export const placeIdOf = (readPoint: string): string => readPoint.split(/[:/]/).at(-1) ?? readPoint;
