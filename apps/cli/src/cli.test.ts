import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { planRecordSchema, summarySchema } from '@crossparcel/planning';
import { comparisonSchema, landedCostAnswerSchema } from '@crossparcel/trade';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], input?: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/crossparcel.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
    input,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
};

let count = 0;
const place = (name: string): string => {
  count += 1;
  return join(folder, `${count}-${name}`);
};
const file = (name: string, content: string | Buffer): string => {
  const path = place(name);
  writeFileSync(path, content);
  return path;
};

const example = join(root, 'examples/landed-cost/parcels.ndjson');
const parcels = readFileSync(example, 'utf8').trim().split('\n');
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('crossparcel landed-cost compare and rules', () => {
  const days = ['--at', '2025-05-01', '--at', '2026-11-22'];

  it('sets the bills of two days side by side, with differences that add up', () => {
    const compared = lines(run(['landed-cost', 'compare', ...days, example]).stdout).map((one) =>
      comparisonSchema.parse(one),
    );
    const cents = (text: string) => Math.round(Number(text) * 100);
    for (const [index, day] of (['2025-05-01', '2026-11-22'] as const).entries()) {
      const alone = lines(run(['landed-cost', example, '--law-at', day]).stdout);
      const sides = compared.map(({ id, currency, before, after }) => {
        const { at: _, ...side } = index === 0 ? before : after;
        return { id, currency, ...side };
      });
      expect(sides).toEqual(alone);
    }
    for (const { differences, total } of compared) {
      expect(differences.reduce((sum, { change }) => sum + cents(change), 0)).toBe(cents(total.change));
    }
    expect(compared.map(({ id, total }) => [id, total.change])[0]).toEqual(['us-tee', '17.37']);
  });

  it('gives the same with workers, prints a table, and asks for exactly two days', () => {
    const many = file('many.ndjson', `${parcels.join('\n')}\n`.repeat(50));
    expect(run(['landed-cost', 'compare', ...days, many, '--jobs', '2']).stdout).toBe(
      run(['landed-cost', 'compare', ...days, many]).stdout,
    );
    expect(run(['landed-cost', 'compare', ...days, example, '--format', 'table']).stdout).toMatch(/us-tee +USD +0\.00/);
    expect(run(['landed-cost', 'compare', '--at', '2025-05-01', example])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('two days'),
    });
  });

  it('lists what was in force on a day, and no longer the day after it ended', () => {
    const idsOn = (day: string) =>
      lines(run(['landed-cost', 'rules', '--market', 'US', '--at', day]).stdout).map((rule) => rule.id);
    expect(idsOn('2025-05-01')).toContain('us-dm-cn-old');
    expect(idsOn('2025-05-02')).not.toContain('us-dm-cn-old');
    expect(run(['landed-cost', 'rules', '--market', 'ZZ', '--at', '2026-01-01'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no rule book'),
    });
    expect(run(['landed-cost', 'rules', '--market', 'US'])).toMatchObject({ status: 2 });
  });
});

describe('crossparcel landed-cost', () => {
  it('answers each record with one, in order, that fits its schema and adds up', () => {
    const { status, stdout } = run(['landed-cost', example]);
    expect(status).toBe(0);
    const answers = lines(stdout).map((answer) => landedCostAnswerSchema.parse(answer));
    expect(answers.map((answer) => answer.id)).toEqual(['us-tee', 'de-basket', 'gb-lamp']);
    for (const { lines: bill, totals } of answers) {
      const cents = (text: string) => Math.round(Number(text) * 100);
      expect(bill.reduce((sum, line) => sum + cents(line.amount), 0)).toBe(cents(totals.total));
    }
    expect(answers[0]?.totals.total).toBe('17.37');
  });

  it('reads standard input, gzip, arrays, and gives the same bytes with workers', () => {
    const { stdout } = run(['landed-cost', example]);
    expect(run(['landed-cost', '-'], `${parcels.join('\n')}\n`).stdout).toBe(stdout);
    expect(run(['landed-cost', file('p.ndjson.gz', gzipSync(parcels.join('\n')))]).stdout).toBe(stdout);
    expect(run(['landed-cost', file('p.json', `[${parcels.join(',\n')}]`)]).stdout).toBe(stdout);
    const many = file(
      'many.ndjson',
      Array.from({ length: 3000 }, (_, index) => parcels[index % 3]?.replace(/"id":"[a-z-]+"/, `"id":"${index}"`)).join(
        '\n',
      ),
    );
    expect(run(['landed-cost', many, '--jobs', '3']).stdout).toBe(run(['landed-cost', many]).stdout);
  });

  it('prints tables, CSV and arrays', () => {
    expect(JSON.parse(run(['landed-cost', example, '--format', 'json']).stdout)).toHaveLength(3);
    expect(run(['landed-cost', example, '--format', 'csv']).stdout.split('\n').slice(0, 2)).toEqual([
      'id,currency,totals.duty,totals.tax,totals.fees,totals.total',
      'us-tee,USD,14.60,0.00,2.77,17.37',
    ]);
    expect(run(['landed-cost', example, '--format', 'table']).stdout).toMatch(/us-tee +USD +14\.60/);
  });

  it('prints the JSON Schema of its input and output', () => {
    const schema = JSON.parse(run(['landed-cost', '--schema']).stdout);
    expect(schema.input.required).toEqual(expect.arrayContaining(['id', 'at', 'market', 'lines']));
    expect(schema.output.properties).toHaveProperty('totals');
  });

  it('computes under another day’s law', () => {
    const [first] = lines(run(['landed-cost', example, '--law-at', '2025-05-01']).stdout);
    expect(first.totals.total).toBe('0.00');
  });

  const withField = (change: object) => JSON.stringify({ ...JSON.parse(parcels[0] as string), ...change });

  it.each([
    ['an unknown market', { market: 'XX' }, /:2: market: there is no rule book for market XX; give one of .*US/],
    ['an unknown currency', { currency: 'ABC' }, /:2: currency: is not a currency code/],
    [
      'a negative value',
      { lines: [{ hs: '610910', quantity: 1, value: '-1.00' }] },
      /:2: lines\[0\]\.value: is not an amount/,
    ],
    [
      'a missing value',
      { lines: [{ hs: '610910', quantity: 1 }] },
      /:2: lines\[0\]\.value: goods have no customs value; give what they would sell for, also for a free gift/,
    ],
    [
      'a gift of no value',
      { lines: [{ hs: '610910', quantity: 1, value: '0.00' }] },
      /:2: lines\[0\]\.value: goods have no customs value/,
    ],
    [
      'more lines than a declaration holds',
      { lines: Array.from({ length: 10_000 }, () => ({ quantity: 1, value: '1.00' })) },
      /:2: lines: holds more than 9999 lines, the most of one declaration; send several parcels/,
    ],
    ['a day beyond what is known', { at: '9999-12-31' }, /:2: at: the law of US on 9999-12-31 is not on file/],
    ['a currency without a rate', { currency: 'XCD' }, /:2: currency: there is no exchange rate for XCD/],
    [
      'a bad code',
      { lines: [{ hs: '61a', quantity: 1, value: '1.00' }] },
      /:2: lines\[0\]\.hs: is not an HS code; write 2, 4, 6, 8 or 10 digits/,
    ],
    ['a bad date', { at: '2026-02-30' }, /:2: at: is not a date/],
    [
      'an absurd date',
      { at: '1926-01-01' },
      /:2: at: the law of US on 1926-01-01 is not on file; give a day from 2016-03-10 to 2030-12-31/,
    ],
    ['a field that is not known', { colour: 'red' }, /:2: colour: has fields that are not known/],
    ['too many decimals', { freight: '4.105' }, /:2: freight: 4\.105 is not an amount in USD/],
  ])('names file, line, field and the mend for %s, exits with 2 and writes nothing', (_, change, message) => {
    const input = file('bad.ndjson', `${parcels[0]}\n${withField(change)}\n${parcels[2]}\n`);
    const output = place('out.ndjson');
    const result = run(['landed-cost', input, '--output', output]);
    expect(result.status).toBe(2);
    expect(result.stderr).toMatch(message);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(output)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('answers a bad record with its error in its place when it keeps going, and exits with 3', () => {
    const input = file('bad.ndjson', `${parcels[0]}\n{"id":"broken"}\n{not json\n${parcels[2]}\n`);
    const output = place('out.ndjson');
    const result = run(['landed-cost', input, '--output', output, '--keep-going']);
    expect(result.status).toBe(3);
    const answers = lines(readFileSync(output, 'utf8'));
    expect(answers.map((answer) => answer.id)).toEqual(['us-tee', 'broken', null, 'gb-lamp']);
    expect(answers[1].error).toMatchObject({ status: 400, field: 'at', type: expect.stringContaining('bad-record') });
    expect(result.stderr).toMatch(/:2: at: /);
    expect(result.stderr).toMatch(/:3: is not a JSON object/);
  });

  it('says how it is used', () => {
    expect(run(['landed-cost'])).toMatchObject({ status: 2, stderr: expect.stringContaining('no input') });
    expect(run(['landed-cost', '--wrong'])).toMatchObject({ status: 2 });
    expect(run(['nonsense'])).toMatchObject({ status: 2 });
    expect(run(['landed-cost', example, '--format', 'xml'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--format xml'),
    });
    expect(run(['landed-cost', example, '--jobs', '0'])).toMatchObject({ status: 2 });
    expect(run(['landed-cost', join(folder, 'none.ndjson')])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no such file'),
    });
    expect(run(['--help'])).toMatchObject({ status: 0 });
  });
});

const HEADER = 'orderId,placedAt,shop,buyerId,country,postcode3,sku,quantity,unitPrice,currency\n';
const row = (
  id: string,
  more: Partial<Record<'placedAt' | 'country' | 'zip' | 'sku' | 'quantity' | 'price' | 'currency', string>> = {},
) =>
  `${[id, more.placedAt ?? '2026-11-02T09:00:00Z', 's', 'b', more.country ?? 'US', more.zip ?? '100', more.sku ?? 'CASE-15-BLK', more.quantity ?? '1', more.price ?? '9.90', more.currency ?? 'USD'].join(',')}\n`;
const sample = (name: string) => join(root, 'examples/sample-shop', name);
const catalogue = sample('catalogue.csv');

const planned = (out: string) => ({
  plan: lines(readFileSync(join(out, 'plan.ndjson'), 'utf8')),
  summary: summarySchema.parse(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))),
});

describe('crossparcel plan', () => {
  it('plans the sample shop: one record an order, lines and costs that add up, the same bytes twice', () => {
    const plan = (out: string) =>
      run([
        'plan',
        '--orders',
        sample('orders.csv'),
        '--catalogue',
        catalogue,
        '--stock',
        sample('stock.csv'),
        '--no-timings',
        '--out',
        out,
      ]);
    const [one, two] = [place('plan'), place('plan')];
    expect(plan(one)).toMatchObject({ status: 0, stderr: '' });
    plan(two);
    for (const name of ['plan.ndjson', 'parcels.csv', 'summary.json', 'estimates.csv']) {
      expect(readFileSync(join(two, name)).equals(readFileSync(join(one, name))), name).toBe(true);
    }
    const { plan: records, summary } = planned(one);
    const orderIds = [
      ...new Set(
        readFileSync(sample('orders.csv'), 'utf8')
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => line.split(',')[0]),
      ),
    ];
    expect(records.map((record) => planRecordSchema.parse(record).orderId)).toEqual(orderIds);
    const { in: all, planned: live, cancelled, refused, shipped } = summary.lines;
    expect(all).toBe(readFileSync(sample('orders.csv'), 'utf8').trim().split('\n').length - 1);
    expect(live + cancelled + refused + shipped).toBe(all);
    const cents = (text: string) => Math.round(Number(text) * 100);
    for (const [kind, text] of Object.entries(summary.costs as Record<string, string>)) {
      expect(
        records.reduce((sum, record) => sum + cents(record.costs[kind]), 0),
        kind,
      ).toBe(cents(text));
    }
    const { total, ...kinds } = summary.costs as Record<string, string>;
    expect(Object.values(kinds).reduce((sum, text) => sum + cents(text), 0)).toBe(cents(total ?? ''));
    expect(Object.values(summary.modes).reduce((a, b) => a + b, 0)).toBe(summary.orders);
    expect(summary.modes.local).toBeGreaterThan(0);
    expect(readFileSync(join(one, 'parcels.csv'), 'utf8').trim().split('\n')).toHaveLength(summary.parcels + 1);
  });

  it('maps other column names, takes a currency, and reads a time without offset as UTC', () => {
    const orders = file(
      'o.csv',
      'inv,t,land,code,qty,price\n1,2026-11-02T09:00,GB,X,2,2.55\n2,2026-11-02T10:00,GB,Y,-2,2.55\n',
    );
    const out = place('plan');
    const columns = 'orderId=inv,placedAt=t,country=land,sku=code,quantity=qty,unitPrice=price';
    expect(run(['plan', '--orders', orders, '--columns', columns, '--currency', 'GBP', '--out', out])).toMatchObject({
      status: 0,
    });
    const { plan, summary } = planned(out);
    expect(summary.lines).toEqual({ in: 2, planned: 1, cancelled: 1, refused: 0, shipped: 0 });
    expect(summary.assumptions['time-without-offset']).toBe(2);
    expect(summary.estimates.skus).toBe(1);
    expect(plan[1]).toMatchObject({ orderId: '2', mode: 'held', holds: [{ code: 'cancelled' }] });
  });

  it('replays old orders under today’s law, and holds yesterday’s law against them', () => {
    const orders = file(
      'o.csv',
      HEADER + row('1', { placedAt: '2010-12-01T08:26:00Z' }) + row('2', { placedAt: '2010-12-09T08:26:00Z' }),
    );
    const plan = (...more: string[]) => {
      const out = place('plan');
      expect(run(['plan', '--orders', orders, '--catalogue', catalogue, '--out', out, ...more])).toMatchObject({
        status: 0,
      });
      return planned(out);
    };
    const replayed = plan('--replay-to', '2026-11-20');
    expect(replayed.plan.map((record) => record.legs[0].departs)).toEqual(['2026-11-12', '2026-11-20']);
    expect(replayed.summary.assumptions).toEqual({});
    expect(plan('--replay-to', '2026-11-20', '--law-at', '2025-05-01').summary.costs).toMatchObject({ duty: '0.00' });
    expect(plan().summary.assumptions['law-before-records']).toBe(2);
  });

  it('plans TikTok Shop payloads as they came', () => {
    const payload = (name: string) => join(root, 'packages/connectors/fixtures/tiktok-shop', name);
    const shop = ['--shop', payload('order-list-response.json'), payload('order-detail-response.json')];
    const [live, replay] = [place('plan'), place('plan')];
    expect(run(['plan', ...shop, '--out', live])).toMatchObject({ status: 0 });
    const { plan, summary } = planned(live);
    expect(plan.map((record) => [record.orderId.slice(-3), record.mode])).toEqual([
      ['101', 'direct'],
      ['202', 'direct'],
      ['303', 'held'],
      ['404', 'held'],
      ['505', 'held'],
    ]);
    expect(summary.holds).toEqual({ 'already-shipped': 2, 'cancel-requested': 1 });
    expect(plan[0].assumptions).toEqual(['zone-assumed']);
    expect(run(['plan', ...shop, '--out', replay, '--replay-to', '2026-11-22'])).toMatchObject({ status: 0 });
    expect(planned(replay).plan.every((record) => record.mode === 'direct')).toBe(true);
  });

  it.each([
    [
      'a quantity',
      HEADER + row('1') + row('2', { quantity: 'two' }),
      /o\.csv:3: quantity: is not a quantity; write a whole number/,
    ],
    ['a date', HEADER + row('1', { placedAt: '02.11.2026' }), /o\.csv:2: placedAt: is not a date-time; write RFC 3339/],
    [
      'a country',
      HEADER + row('1', { country: 'USA' }),
      /o\.csv:2: country: is not a country code; write two capital letters/,
    ],
    ['a price', HEADER + row('1', { price: '-3' }), /o\.csv:2: unitPrice: is not a price/],
    ['a currency', HEADER + row('1', { currency: 'XYZ' }), /o\.csv:2: currency: is not a currency/],
    ['a currency without a rate', HEADER + row('1', { currency: 'KES' }), /no exchange rate for KES/],
    ['a row of other width', `${HEADER}1,2\n`, /o\.csv:2: has 2 fields where the header has 10/],
    [
      'a column',
      HEADER.replace('country', 'land') + row('1'),
      /o\.csv:1: country: there is no column country; the file has .*land.*; name the column with --columns country=NAME/,
    ],
    ['an empty file', '', /o\.csv:1: is empty/],
  ])('names file, line, field and the mend for %s, exits with 2 and leaves no plan', (_, content, message) => {
    const orders = file('o.csv', content);
    const out = place('plan');
    const result = run(['plan', '--orders', orders, '--out', out]);
    expect(result.stderr).toMatch(message);
    expect(result.status).toBe(2);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('refuses a bad order whole when it keeps going, in its place, and exits with 3', () => {
    const orders = file('o.csv', HEADER + row('1') + row('2') + row('2', { quantity: 'two' }) + row('3'));
    const out = place('plan');
    const result = run(['plan', '--orders', orders, '--catalogue', catalogue, '--out', out, '--keep-going']);
    expect(result.status).toBe(3);
    expect(result.stderr).toMatch(/o\.csv:4: quantity/);
    const { plan, summary } = planned(out);
    expect(plan.map((record) => record.orderId ?? record.id)).toEqual(['1', '2', '3']);
    expect(plan[1]).toMatchObject({ id: '2', error: { field: 'quantity' } });
    expect(summary.lines).toEqual({ in: 4, planned: 2, cancelled: 0, refused: 2, shipped: 0 });
  });

  it('names what is wrong with catalogue, stock and network', () => {
    const orders = file('o.csv', HEADER + row('1'));
    const plan = (...more: string[]) => run(['plan', '--orders', orders, '--out', place('plan'), ...more]);
    expect(plan('--catalogue', file('c.csv', 'sku,massGrams\nA,12\nA,13\n'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/c\.csv:3: sku: A stands in an earlier row/),
    });
    expect(plan('--catalogue', file('c.csv', 'sku,massGrams\nA,light\n'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/c\.csv:2: massGrams: is not a whole number/),
    });
    expect(plan('--stock', file('s.csv', 'facility,sku,quantity\nMARS,A,1\n'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/s\.csv:2: facility: MARS is not a warehouse/),
    });
    expect(plan('--stock', file('s.csv', 'facility,sku,quantity\nGB,A,-1\n'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/s\.csv:2: quantity/),
    });
    expect(plan('--network', file('n.json', '{"version":"1"}'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/n\.json:1: currency: /),
    });
    expect(plan('--columns', 'order=inv')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--columns order=inv'),
    });
    expect(plan('--replay-to', 'today')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--replay-to today is not a date'),
    });
    expect(run(['plan', '--out', place('plan')])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no orders'),
    });
  });

  it('does not write into a folder that holds something else', () => {
    const orders = file('o.csv', HEADER + row('1'));
    const result = run(['plan', '--orders', orders, '--out', folder]);
    expect(result).toMatchObject({ status: 2, stderr: expect.stringContaining('already holds') });
  });
});
