import type { AnswerOf, InputOf, RouteName, Routes } from '@crossparcel/api';
import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import type { Tenant } from '../database/tenant.ts';
import type { House } from '../house.ts';
import type { Caller } from '../keys/caller.ts';
import { notFound } from './problems.ts';

/** What a handler works with. Public routes have no caller. */
interface Call<Name extends RouteName> {
  readonly house: House;
  readonly caller: Routes[Name]['scope'] extends 'public' ? undefined : Caller;
  readonly input: InputOf<Routes[Name]>;
}

type Answered<Name extends RouteName> = Promise<Result<AnswerOf<Routes[Name]>, Fault>>;

/** One handler a route; the compiler sees that none is missing. */
export type Handlers = { readonly [Name in RouteName]: (call: Call<Name>) => Answered<Name> };

/** Whose rows a caller works on when it names a seller, or none. */
export const tenantOf = (caller: Caller, seller: string | undefined): Result<Tenant, Fault> => {
  if (caller.seller === undefined)
    return ok({ operator: caller.operator, ...(seller === undefined ? {} : { seller }) });
  if (seller === undefined || seller === caller.seller) return ok({ operator: caller.operator, seller: caller.seller });
  return fail({
    code: 'other-seller',
    field: 'seller',
    what: 'this key belongs to another seller',
    mend: 'leave the seller out',
  });
};

/** The seller for whom something is written: named, implied by the key, or the operator's only one. */
export const sellerFor = async (
  house: House,
  caller: Caller,
  named: string | undefined,
): Promise<Result<Required<Tenant>, Fault>> => {
  const tenant = tenantOf(caller, named);
  if (!tenant.ok) return tenant;
  const { operator } = tenant.value;
  const seller = caller.seller ?? (await house.sellers.find(tenant.value));
  if (seller !== undefined) return ok({ operator, seller });
  if (named !== undefined) return fail(notFound('seller'));
  return fail({
    code: 'seller-needed',
    field: 'seller',
    what: 'the operator has several sellers, and the request names none',
    mend: 'add ?seller= with the id of one',
  });
};
