import type { PlacedProposal } from '@crossparcel/api';
import { csvField } from '@crossparcel/files';

const COLUMNS = [
  'rank',
  'sku',
  'facility',
  'mode',
  'quantity',
  'saving',
  'decideBy',
  'orderedAt',
  'arrives',
  'reason',
] as const;

/** Proposals to order something as CSV (RFC 4180), a line each. */
export const proposalsFile = (proposals: readonly PlacedProposal[]): string => {
  const rows = proposals
    .filter(({ quantity }) => quantity > 0)
    .map((proposal) => COLUMNS.map((column) => csvField(String(proposal[column] ?? ''))).join(','));
  return [COLUMNS.join(','), ...rows, ''].join('\n');
};
