import type { Nanos } from '@crossparcel/units';
import type { PackEdge } from './explain.ts';

/** What a smaller pack of a product would have saved over a history. */
export interface HistoryEdge {
  readonly item: string;
  readonly change: PackEdge['change'];
  readonly byMm: number;
  readonly parcels: number;
  readonly saves: Nanos;
}

/**
 * Sums the edges of many parcels: for each side of a product's pack the reduction that saves most for each millimetre, with
 * all parcels that it makes cheaper. Largest saving first.
 */
export const sumEdges = (edges: readonly PackEdge[]): HistoryEdge[] => {
  const bySide = Map.groupBy(edges, ({ item, change }) => `${change} ${item}`);
  return Array.from(bySide.values(), bestStep).sort((a, b) => b.saves - a.saves || (a.item < b.item ? -1 : 1));
};

const bestStep = (edges: readonly PackEdge[]): HistoryEdge => {
  const { item, change } = edges[0] as PackEdge;
  let best: HistoryEdge | undefined;
  let saves = 0;
  for (const [index, edge] of edges.toSorted((a, b) => a.byMm - b.byMm).entries()) {
    saves += edge.saves;
    if (!best || saves / edge.byMm > best.saves / best.byMm) {
      best = { item, change, byMm: edge.byMm, parcels: index + 1, saves };
    }
  }
  return best as HistoryEdge;
};
