import { type CurrencyCode, formatMinor, parseMinor } from '@crossparcel/units';
import * as z from 'zod';
import { factAt, type Scope, textAt } from './facts.ts';

const amountSchema = z.strictObject({
  amount: z.string().regex(/^\d+(\.\d+)?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

/** Schema of a condition on the facts of a consignment; all that it names must hold. */
export const conditionSchema = z.strictObject({
  path: z.string().min(1),
  in: z.array(z.string()).optional(),
  notIn: z.array(z.string()).optional(),
  present: z.boolean().optional(),
  /** The limit counts as within. */
  atMost: amountSchema.optional(),
  above: amountSchema.optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

/** Converts minor units; the rates are those of the caller. */
export type Convert = (minor: number, from: CurrencyCode, to: CurrencyCode) => number;

const textsAt = (scope: Scope, path: string): readonly string[] => {
  const fact = factAt(scope, path);
  if (typeof fact === 'string') return fact === '' ? [] : [fact];
  return Array.isArray(fact) ? fact.filter((one): one is string => typeof one === 'string') : [];
};

const isThere = (scope: Scope, path: string): boolean => {
  const fact = factAt(scope, path);
  if (typeof fact === 'object') return Array.isArray(fact) ? fact.length > 0 : true;
  return fact !== undefined && fact !== '';
};

const isWithin = (scope: Scope, path: string, limit: z.infer<typeof amountSchema>, convert: Convert): boolean => {
  const currency = textAt(scope, '$.currency') ?? '';
  const minor = parseMinor(textAt(scope, path) ?? '', currency);
  const most = parseMinor(limit.amount, limit.currency);
  if (minor === undefined || most === undefined) return false;
  return convert(minor, currency, limit.currency) <= most;
};

const passesList = (texts: readonly string[], condition: Condition): boolean =>
  (condition.in === undefined || texts.some((text) => condition.in?.includes(text))) &&
  (condition.notIn === undefined || !texts.some((text) => condition.notIn?.includes(text)));

/** Whether all conditions hold; none always do. */
export const allHoldFor = (conditions: readonly Condition[] | undefined, scope: Scope, convert: Convert): boolean =>
  (conditions ?? []).every((condition) => {
    const { path, present, atMost, above } = condition;
    if (!passesList(textsAt(scope, path), condition)) return false;
    if (present !== undefined && isThere(scope, path) !== present) return false;
    if (atMost && !isWithin(scope, path, atMost, convert)) return false;
    return !(above && isWithin(scope, path, above, convert));
  });

const oneOf = (values: readonly string[]): string =>
  values.length > 6 ? `one of ${values.slice(0, 5).join(', ')} and ${values.length - 5} more` : values.join(' or ');

/** Conditions in words, for pages. */
export const conditionWords = (conditions: readonly Condition[]): string =>
  conditions
    .map(({ path, in: list, notIn, present, atMost, above }) =>
      [
        `\`${path}\``,
        ...(list ? [`is ${oneOf(list)}`] : []),
        ...(notIn ? [`is not ${oneOf(notIn)}`] : []),
        ...(present === undefined ? [] : [present ? 'is there' : 'is missing']),
        ...(atMost ? [`is at most ${money(atMost)}`] : []),
        ...(above ? [`is above ${money(above)}`] : []),
      ].join(' '),
    )
    .join(' and ');

const money = ({ amount, currency }: z.infer<typeof amountSchema>): string =>
  `${formatMinor(parseMinor(amount, currency) ?? 0, currency)} ${currency}`;
