import type { PlacedProposal } from '@crossparcel/api';
import { type Fault, fail, formatInstant, ok, type Result } from '@crossparcel/units';
import { asTenant } from '../database/tenant.ts';
import type { House } from '../house.ts';
import { proposalsFile } from '../placement/proposals-file.ts';
import {
  askForPlacement,
  findPlacement,
  listPlacements,
  listProposals,
  markOrdered,
  orderableRanks,
  placementAnswer,
} from '../placement/store.ts';
import { type Handlers, sellerFor, tenantOf } from './handler.ts';
import { cursorKey, pageOf, UUID } from './paging.ts';
import { notFound } from './problems.ts';

type PlacementRoute = `placements.${'create' | 'list' | 'get' | 'proposals' | 'file' | 'order'}`;

/** As many as a rank can count; the file is of all. */
const MOST_PROPOSALS = 2 ** 31 - 1;
const RANK = /^\d{1,9}$/;

const noWarehouse = ({ atlas }: House, facilities: readonly string[]): Fault | undefined => {
  const known = atlas.network().facilities;
  const index = facilities.findIndex((facility) => known.get(facility)?.kind !== 'stock');
  if (index < 0) return undefined;
  return {
    code: 'unknown-facility',
    field: `inTransit.${index}.facility`,
    what: `${facilities[index]} is no warehouse of the network`,
    mend: `give one of ${[...known.values()].flatMap(({ kind, id }) => (kind === 'stock' ? [id] : [])).join(', ')}`,
  };
};

/** Tells of the first rank that names nothing to be ordered. */
const noProposal = (ranks: readonly number[], orderable: ReadonlySet<number>): Fault | undefined => {
  const index = ranks.findIndex((rank) => !orderable.has(rank));
  if (index < 0) return undefined;
  return {
    code: 'unknown-proposal',
    field: `ranks.${index}`,
    what: `${ranks[index]} is no proposal of this placement to order something`,
    mend: 'give ranks of proposals with a quantity',
  };
};

/** What to stock where before it is sold. */
export const placementHandlers: Pick<Handlers, PlacementRoute> = {
  'placements.create': async ({ house, caller, input: { query, body } }) => {
    const tenant = await sellerFor(house, caller, query.seller);
    if (!tenant.ok) return tenant;
    const fault = noWarehouse(
      house,
      body.inTransit.map(({ facility }) => facility),
    );
    if (fault) return fail(fault);
    const day = formatInstant(Date.now()).slice(0, 10);
    const row = await asTenant(house.database, tenant.value, (sql) => askForPlacement(sql, tenant.value, day, body));
    return ok(placementAnswer(row));
  },

  'placements.list': async ({ house, caller, input: { query } }) => {
    const tenant = tenantOf(caller, query.seller);
    if (!tenant.ok) return tenant;
    const before = cursorKey(query.cursor, UUID);
    if (!before.ok) return before;
    const rows = await asTenant(house.database, tenant.value, (sql) =>
      listPlacements(sql, before.value, query.limit + 1),
    );
    return ok(pageOf(rows, query.limit, (row) => row.id, placementAnswer));
  },

  'placements.get': async ({ house, caller, input: { params } }) => {
    const row = await asTenant(house.database, caller, (sql) => findPlacement(sql, params.id));
    return row ? ok(placementAnswer(row)) : fail(notFound('placement'));
  },

  'placements.proposals': async ({ house, caller, input: { params, query } }) => {
    const after = cursorKey(query.cursor, RANK);
    if (!after.ok) return after;
    const rows = await asTenant(house.database, caller, async (sql) =>
      (await findPlacement(sql, params.id))
        ? listProposals(sql, params.id, Number(after.value ?? 0), query.limit + 1)
        : undefined,
    );
    if (!rows) return fail(notFound('placement'));
    return ok(
      pageOf(
        rows,
        query.limit,
        ({ rank }) => String(rank),
        (row) => row,
      ),
    );
  },

  'placements.file': async ({ house, caller, input: { params } }) => {
    const proposals = await asTenant(house.database, caller, async (sql) =>
      (await findPlacement(sql, params.id)) ? listProposals(sql, params.id, 0, MOST_PROPOSALS) : undefined,
    );
    return proposals ? ok(proposalsFile(proposals)) : fail(notFound('placement'));
  },

  'placements.order': async ({ house, caller, input: { params, body } }) => {
    const { ranks, ordered } = body;
    const marked = await asTenant(house.database, caller, async (sql): Promise<Result<PlacedProposal[], Fault>> => {
      if (!(await findPlacement(sql, params.id))) return fail(notFound('placement'));
      const fault = noProposal(ranks, await orderableRanks(sql, params.id, ranks));
      return fault ? fail(fault) : ok(await markOrdered(sql, params.id, ranks, ordered));
    });
    return marked.ok ? ok({ proposals: marked.value }) : marked;
  },
};
