import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Proposal, type Scenario, scenarioSchema } from '@crossparcel/demand';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const SHOP = join(ROOT, 'examples/sample-shop');
const ORDERS = ['--orders', join(SHOP, 'orders.csv'), '--catalogue', join(SHOP, 'catalogue.csv')];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crossparcel-prepare-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const crossparcel = (...args: string[]) => {
  const options = { encoding: 'utf8', maxBuffer: 1 << 26 } as const;
  return spawnSync(process.execPath, [join(ROOT, 'bin/crossparcel.js'), ...args], options);
};
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('crossparcel place prepare', () => {
  it('makes a scenario that place answers, with what is on hand and on its way', () => {
    const stock = file('stock.csv', 'facility,sku,quantity\nUS-W,MUG-STONE,3\n');
    const moving = file('moving.csv', 'facility,sku,quantity,arrives\nUS-W,MUG-STONE,20,2026-12-01\n');
    const out = join(folder, 'scenario.json');
    const extra = ['--stock', stock, '--in-transit', moving, '--at', '2026-11-22', '--output', out];
    const made = crossparcel('place', 'prepare', ...ORDERS, ...extra);
    expect(made.status).toBe(0);
    expect(made.stderr).toContain('at MX is left out: no rule on file says what duty');
    const scenario: Scenario = scenarioSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    const mug = scenario.skus.find(({ sku, facility }) => sku === 'MUG-STONE' && facility === 'US-W');
    expect(mug).toMatchObject({ stock: 3, inTransit: [{ arrivesInPeriods: 2, quantity: 20 }] });
    const placed = crossparcel('place', '--scenario', out);
    expect(placed.status).toBe(0);
    const proposals = placed.stdout
      .trim()
      .split('\n')
      .map((line): Proposal => JSON.parse(line));
    expect(new Set(proposals.map(({ sku, facility }) => `${sku} ${facility}`)).size).toBe(scenario.skus.length);
    for (const { quantity, saving } of proposals) expect(quantity === 0 || Number(saving) > 0).toBe(true);
  });

  it.each([
    [['--at', '2026-11-31'], '--at'],
    [[], '--at'],
    [['--at', '2026-11-22', '--weeks', '0'], '--weeks'],
    [['--at', '2020-01-01'], 'no order before the day'],
  ])('refuses %j', (options, named) => {
    const out = join(folder, 'scenario.json');
    const result = crossparcel('place', 'prepare', ...ORDERS, ...options, '--output', out);
    expect([result.status, result.stdout, existsSync(out)]).toEqual([2, '', false]);
    expect(result.stderr).toContain(named);
  });

  it('names file, line and field of a warehouse that is not there', () => {
    const moving = file('moving.csv', 'facility,sku,quantity,arrives\nMARS,MUG-STONE,20,2026-12-01\n');
    const result = crossparcel('place', 'prepare', ...ORDERS, '--in-transit', moving, '--at', '2026-11-22');
    expect([result.status, result.stdout]).toEqual([2, '']);
    expect(result.stderr).toContain(`${moving}:2: facility: MARS is not a warehouse`);
  });
});
