import * as z from 'zod';

/**
 * Schema of a rule for a check character, told by constants so that no number format needs code of its own:
 *
 * - `weighted`: each digit times a weight; `weights` repeat, beginning at the `from` end. The sum modulo `modulus` counts,
 *   or with `complement` what is missing to the next multiple; `replace` maps results that are not one digit (10, 11).
 *   `letters` are the values of A to Z where letters occur. GS1, S10, UPS, FedEx and others.
 * - `luhn`: ISO/IEC 7812-1, annex B.
 * - `remainder`: the body as one integer, modulo `divisor`.
 * - `iso7064-mod-37-36`: the hybrid system of ISO 7064 over digits and letters.
 */
export const checkRuleSchema = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('weighted'),
    weights: z.array(z.int().positive()).min(1),
    from: z.enum(['left', 'right']),
    modulus: z.int().min(2),
    complement: z.boolean(),
    replace: z.record(z.string().regex(/^\d+$/), z.int().min(0).max(9)),
    letters: z
      .string()
      .regex(/^\d{26}$/, 'is not 26 digits, one a letter')
      .optional(),
  }),
  z.strictObject({ method: z.literal('luhn') }),
  z.strictObject({ method: z.literal('remainder'), divisor: z.int().min(2).max(10) }),
  z.strictObject({ method: z.literal('iso7064-mod-37-36') }),
]);
export type CheckRule = z.infer<typeof checkRuleSchema>;
type WeightedRule = Extract<CheckRule, { method: 'weighted' }>;

/** GS1 General Specifications 7.9: weights 3, 1, 3, ... from the right; the digit fills the sum up to a ten. */
export const GS1_CHECK: CheckRule = {
  method: 'weighted',
  weights: [3, 1],
  from: 'right',
  modulus: 10,
  complement: true,
  replace: { '10': 0 },
};

/** UPU S10: eight weights, modulo 11; 10 becomes 0 and 11 becomes 5. */
export const S10_CHECK: CheckRule = {
  method: 'weighted',
  weights: [8, 6, 4, 2, 3, 5, 9, 7],
  from: 'left',
  modulus: 11,
  complement: true,
  replace: { '10': 0, '11': 5 },
};

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const weighted = (rule: WeightedRule, body: string): string => {
  const values = Array.from(body, (character) => {
    const place = ALPHABET.indexOf(character);
    return place < 10 ? place : Number(rule.letters?.[place - 10]);
  });
  if (rule.from === 'right') values.reverse();
  const sum = values.reduce(
    (total, value, index) => total + value * (rule.weights[index % rule.weights.length] ?? 0),
    0,
  );
  const rest = sum % rule.modulus;
  const result = rule.complement ? rule.modulus - rest : rest;
  return String(rule.replace[result] ?? result);
};

const luhn = (body: string): string => {
  const sum = Array.from(body)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return String((10 - (sum % 10)) % 10);
};

const mod37 = (body: string): string => {
  let product = 36;
  for (const character of body) {
    const sum = (product + ALPHABET.indexOf(character)) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return ALPHABET[(37 - product) % 36] ?? '';
};

/**
 * The check character of a body of digits and capital letters. Letters are for rules that give them values: another body
 * is a mistake in the record, and the result then equals no character.
 */
export const checkCharacter = (rule: CheckRule, body: string): string => {
  switch (rule.method) {
    case 'weighted':
      return weighted(rule, body);
    case 'luhn':
      return luhn(body);
    case 'remainder':
      return String(Array.from(body).reduce((rest, digit) => (rest * 10 + Number(digit)) % rule.divisor, 0));
    case 'iso7064-mod-37-36':
      return mod37(body);
  }
};
