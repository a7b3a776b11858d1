import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-place-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const example = (name: string) => JSON.parse(readFileSync(join(root, `examples/placement/${name}.json`), 'utf8'));

const run = (scenario: object | string, args: readonly string[] = [], command: readonly string[] = []) => {
  const file = join(folder, 'scenario.json');
  writeFileSync(file, typeof scenario === 'string' ? scenario : JSON.stringify(scenario));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin/crossparcel.js'), 'place', ...command, '--scenario', file, ...args],
    { cwd: root, encoding: 'utf8' },
  );
  const records = () =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { status, stdout, stderr: stderr.replaceAll(`${folder}/`, ''), records };
};

describe('crossparcel place', () => {
  it('answers every product at every facility, with what an order saves, risks and when it is due', () => {
    const { status, records } = run(example('scenario'));
    expect(status).toBe(0);
    const places = new Set(records().map(({ sku, facility }) => `${sku} ${facility}`));
    expect([...places]).toEqual(['LAMP US-WEST', 'LAMP GB', 'MUG US-WEST', 'MUG GB', 'WIG US-WEST']);
    for (const one of records()) {
      expect(one.quantity === 0).toBe(one.mode === 'direct');
      if (one.quantity === 0) continue;
      expect(Number(one.saving)).toBeGreaterThan(0);
      expect(Number(one.worstCase.high)).toBeLessThan(Number(one.worstCase.low));
      expect(one.decideBy >= '2026-09-14').toBe(true);
      expect(one.demand.low).toBeLessThanOrEqual(one.demand.median);
      expect(one.reason).toContain('against');
    }
    const move = records().find(({ from }) => from !== undefined);
    expect(move).toMatchObject({ sku: 'LAMP', facility: 'US-WEST', from: 'GB' });
    expect(move.quantity).toBeLessThanOrEqual(160);
  });

  it('gives the same bytes again', () => {
    expect(run(example('launch')).stdout).toBe(run(example('launch')).stdout);
  });

  it('keeps to limits together, and says how near the best that leaves it', () => {
    const scenario = example('limits');
    const summary = join(folder, 'summary.json');
    const { records } = run(scenario, ['--summary', summary]);
    const ordered = records().filter(({ quantity }) => quantity > 0);
    const cost = ordered.reduce((sum, { sku, facility, mode, quantity }) => {
      const { costs } = scenario.skus.find(
        (one: { sku: string; facility: string }) => one.sku === sku && one.facility === facility,
      );
      return sum + Number(costs[mode].perOrder) + quantity * Number(costs[mode].perUnit);
    }, 0);
    expect(cost).toBeLessThanOrEqual(900);
    expect(ordered.length).toBeLessThanOrEqual(3);
    const { gain, bound } = JSON.parse(readFileSync(summary, 'utf8'));
    expect(Number(gain)).toBeGreaterThan(0);
    expect(Number(gain)).toBeLessThanOrEqual(Number(bound));
  });

  it('orders nothing where the limits leave nothing', () => {
    const { records } = run({ ...example('limits'), limits: { budget: '0' } });
    expect(records().every(({ mode }) => mode === 'direct')).toBe(true);
  });

  it('says when to look again where it is too early, and that it is too late where it is', () => {
    const { skus, ...rest } = example('scenario');
    const [lamp] = skus;
    const early = run({ ...rest, moves: [], startsInPeriods: 9, skus: [lamp] }).records();
    expect(early).toMatchObject([{ mode: 'direct', decideBy: '2026-10-12' }]);
    const late = run({ ...rest, moves: [], periodsLeft: 1, skus: [lamp] }).records();
    expect(late).toMatchObject([{ mode: 'direct', decideBy: null }]);
  });

  const bad = (change: (scenario: ReturnType<typeof example>) => void) => {
    const scenario = example('scenario');
    change(scenario);
    return scenario;
  };
  it.each([
    [
      'negative demand',
      bad((one) => {
        one.skus[1].history[3] = -1;
      }),
      /^scenario\.json:1: skus\[1\]\.history\[3\]: /,
    ],
    [
      'an unknown mode',
      bad((one) => {
        one.skus[0].costs.rail = { perUnit: '1', perOrder: '1' };
      }),
      /skus\[0\]\.costs\.rail: is no known mode; give one of ocean, air/,
    ],
    [
      'a mode twice',
      bad((one) => {
        one.modes.push(one.modes[0]);
      }),
      /modes\[2\]\.id: is there twice: ocean/,
    ],
    [
      'a product twice at a facility',
      bad((one) => {
        one.skus.push(one.skus[0]);
      }),
      /skus\[5\]\.sku: is there twice at US-WEST: LAMP/,
    ],
    [
      'no products',
      bad((one) => {
        one.skus = [];
      }),
      /skus: is too small/,
    ],
    [
      'a cost that is a number',
      bad((one) => {
        one.skus[0].costs.direct = 6.9;
      }),
      /skus\[0\]\.costs\.direct: /,
    ],
    [
      'a cost that is none',
      bad((one) => {
        one.skus[0].costs.direct = 'NaN';
      }),
      /skus\[0\]\.costs\.direct: is not an amount/,
    ],
    [
      'no cost of holding',
      bad((one) => {
        one.skus[0].costs.holdingPerPeriod = undefined;
      }),
      /skus\[0\]\.costs\.holdingPerPeriod: is missing/,
    ],
    [
      'an unknown currency',
      bad((one) => {
        one.currency = 'XXX';
      }),
      /currency: is not a known currency/,
    ],
    [
      'no date',
      bad((one) => {
        one.at = 'soon';
      }),
      /at: is not a date; write YYYY-MM-DD/,
    ],
    [
      'a limit on a mode that is none',
      bad((one) => {
        one.limits = { capacity: { rail: { units: 1 } } };
      }),
      /limits\.capacity\.rail: is no known mode/,
    ],
    [
      'a field that is not known',
      bad((one) => {
        one.budget = '3';
      }),
      /budget: has fields that are not known/,
    ],
    ['no JSON', '{"at":', /^scenario\.json:1: is no JSON/],
  ])('refuses %s by name, with exit code 2', (_what, scenario, message) => {
    const { status, stdout, stderr } = run(scenario);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
  });

  it('takes a product without costs for a mode, and unknown periods, as they are', () => {
    const scenario = bad((one) => {
      one.skus[2].costs.ocean = undefined;
      one.skus[2].history[20] = null;
    });
    const modes = run(scenario)
      .records()
      .filter(({ sku, facility }) => sku === 'MUG' && facility === 'US-WEST')
      .map(({ mode }) => mode);
    expect(modes).not.toContain('ocean');
  });
});

describe('crossparcel place backtest', () => {
  it('replays a season for all, by facility and by quarter, between the clairvoyant plan and direct', () => {
    const { status, records } = run(example('season'), [], ['backtest']);
    expect(status).toBe(0);
    const [all] = records();
    expect(all.part).toBe('all');
    expect(Number(all.clairvoyant)).toBeLessThan(Number(all.cost));
    expect(Number(all.cost)).toBeLessThan(Number(all.direct));
    expect(all.savingsCaptured).toBeGreaterThan(0);
    const quarters = records().filter(({ part }) => part.startsWith('products'));
    expect(quarters.reduce((sum, { cost }) => sum + Number(cost), 0)).toBeCloseTo(Number(all.cost), 1);
  });

  it.each([
    ['demand that is not given', { actual: undefined }, /skus\[0\]\.actual: is missing; give the demand of 17 periods/],
    ['demand of too few periods', { actual: [1] }, /skus\[0\]\.actual: has 1 periods/],
    ['stock at the start', { stock: 4 }, /skus\[0\]\.stock: is there before/],
  ])('refuses %s', (_what, change, message) => {
    const season = example('season');
    season.skus[0] = { ...season.skus[0], ...change };
    const { status, stderr } = run(season, [], ['backtest']);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});
