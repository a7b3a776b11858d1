import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packAnswerSchema } from '@crossparcel/warehouse';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-pack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const example = join(root, 'examples/packing/price-steps.ndjson');

const pack = (input: readonly object[] | string, ...more: string[]) => {
  const file = join(folder, 'orders.ndjson');
  if (typeof input !== 'string') writeFileSync(file, input.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const args = ['pack', typeof input === 'string' ? input : file, ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/crossparcel.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  const answers = () =>
    stdout
      .trim()
      .split('\n')
      .map((line) => packAnswerSchema.parse(JSON.parse(line)));
  return { status, stdout, stderr, answers };
};

const item = { id: 'tin', quantity: 2, lengthMm: 100, widthMm: 80, heightMm: 60, massGrams: 300 };
const size = (lengthMm: number, widthMm: number, heightMm: number) => ({ lengthMm, widthMm, heightMm });
const carton = {
  id: 'S',
  inner: size(210, 110, 70),
  outer: size(216, 116, 76),
  tareGrams: 60,
  maxGrossGrams: 5000,
  price: '0.42',
};
const order = { id: 'o-1', items: [item], cartons: [carton], currency: 'USD' };

describe('crossparcel pack', () => {
  it('packs the example: postage from the card, costs that add up, the same bytes twice', () => {
    const first = pack(example);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(pack(example, '--jobs', '2').stdout).toBe(first.stdout);
    for (const { cost, parcels, bound = '0' } of first.answers()) {
      const postage = parcels.reduce((sum, parcel) => sum + Math.round(Number(parcel.postage) * 100), 0);
      expect(Math.round(Number(cost?.postage) * 100)).toBe(postage);
      expect(Number(cost?.cartons) + Number(cost?.postage)).toBeCloseTo(Number(cost?.total), 6);
      expect(Number(bound)).toBeLessThanOrEqual(Number(cost?.total));
    }
    const [split] = first.answers();
    expect(split).toMatchObject({ proven: true, unpacked: [] });
    expect(split?.parcels).toHaveLength(2);
    expect(readFileSync(example, 'utf8').trim().split('\n')).toHaveLength(first.answers().length);
  });

  it('packs into cartons of one’s own without a rate card', () => {
    const [answer] = pack([order]).answers();
    expect(answer).toMatchObject({
      cost: { cartons: '0.42', postage: '0.00', total: '0.42' },
      bound: '0.42',
      proven: true,
      parcels: [{ carton: 'S', grossGrams: 660, billableGrams: 660 }],
    });
    expect(answer?.parcels[0]?.placements).toHaveLength(2);
    expect(answer?.parcels[0]).not.toHaveProperty('postage');
  });

  it('counts handling per parcel, sends what is too large as it is where that is allowed, and obeys supplies', () => {
    const [handled] = pack([{ ...order, perParcel: '1.10' }]).answers();
    expect(handled?.cost).toEqual({ cartons: '0.42', postage: '0.00', handling: '1.10', total: '1.52' });
    const pole = { ...item, id: 'pole', quantity: 1, lengthMm: 900, ownPacking: 'when-too-large' };
    const [asItIs] = pack([{ ...order, items: [pole] }]).answers();
    expect(asItIs?.parcels).toMatchObject([{ carton: null, grossGrams: 300, placements: [] }]);
    const [short] = pack([
      { ...order, items: [{ ...item, quantity: 5 }], cartons: [{ ...carton, available: 2 }] },
    ]).answers();
    expect(short?.unpacked).toEqual([{ item: 'tin', quantity: 1, reason: 'no-carton-left' }]);
    expect(short?.parcels).toHaveLength(2);
  });

  it('stops in an emergency, says so, and still packs everything', () => {
    const items = Array.from({ length: 40 }, (_, index) => ({
      ...item,
      id: `tin-${index}`,
      lengthMm: 60 + 7 * (index % 11),
      widthMm: 40 + 5 * (index % 7),
    }));
    const rate = { card: 'usps-ground-advantage-commercial', zone: 5 };
    const many = { id: 'many', items, cartonSet: 'us-default', rate, at: '2026-08-01' };
    const [stopped] = pack([many], '--effort', 'thorough', '--time-limit', '1').answers();
    expect(stopped).toMatchObject({ stopped: true, unpacked: [] });
    expect(pack([many]).answers()[0]).not.toHaveProperty('stopped');
  });

  it.each([
    ['no cartons', { cartons: [] }, /:1: cartons: is too small; give at least 1/],
    ['neither cartons nor a set', { cartons: undefined }, /cartons: is missing, or stands beside a set/],
    ['an unknown set', { cartons: undefined, cartonSet: 'moon' }, /cartonSet: there is no carton set moon/],
    ['an unknown card', { rate: { card: 'pigeon' } }, /rate\.card: there is no rate card pigeon/],
    [
      'an unknown zone',
      { rate: { card: 'usps-ground-advantage-commercial', zone: 12 } },
      /rate\.zone: 12 is not a zone/,
    ],
    ['a zero side', { items: [{ ...item, heightMm: 0 }] }, /items\[0\]\.heightMm: is too small/],
    ['an absurd mass', { items: [{ ...item, massGrams: 1e12 }] }, /items\[0\]\.massGrams: is too large/],
    [
      'too many units',
      {
        items: [
          { ...item, quantity: 15_000 },
          { ...item, quantity: 15_000 },
        ],
      },
      /items: are too many/,
    ],
    ['a price without a currency', { currency: undefined }, /currency: is missing/],
    ['a bad date', { at: '2026-02-30' }, /at: is not a date/],
  ])('names the field and the mend for %s, and exits with 2', (_, change, message) => {
    const result = pack([{ ...order, ...change }]);
    expect(result.stderr).toMatch(message);
    expect(result.status).toBe(2);
  });

  it('says how it is used', () => {
    expect(pack([order], '--effort', 'heroic')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/--effort heroic/),
    });
    expect(pack([order], '--time-limit', 'soon')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/--time-limit/),
    });
    expect(JSON.parse(pack('--schema').stdout).input.required).toEqual(['id', 'items']);
  });
});
