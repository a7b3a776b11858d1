import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { InputError } from '@crossparcel/files';
import { reroutedSchema, routeRequestSchema } from '@crossparcel/transport';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rerouteBooked } from './reroute-booked.ts';
import { answerLive } from './reroute-live.ts';
import { route } from './route.ts';

const examples = fileURLToPath(new URL('../../../../examples/flights/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-reroute-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const timetable = join(examples, 'timetable.csv');
const requests = join(examples, 'requests.ndjson');
const plan = join(folder, 'plan.ndjson');
const file = (name: string, ...lines: readonly object[]): string => {
  writeFileSync(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return join(folder, name);
};

beforeAll(() => {
  const answer = route.prepare({ timetable });
  const told = readFileSync(requests, 'utf8')
    .trim()
    .split('\n')
    .map((line) => answer(routeRequestSchema.parse(JSON.parse(line))))
    .map((result) => (result.ok ? result.value : {}));
  file('plan.ndjson', ...told);
});

const inputs = () => ({ timetable, requests, plan, output: join(folder, 'out.ndjson'), format: 'ndjson' });
const answers = () =>
  readFileSync(join(folder, 'out.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => reroutedSchema.parse(JSON.parse(line)));

describe('reroute', () => {
  it('tells what changes in the example, and sums it up', async () => {
    const summary = join(folder, 'summary.json');
    expect(await rerouteBooked({ ...inputs(), events: join(examples, 'events.ndjson'), summary })).toBe(0);
    expect(answers().map(({ id, status, reason }) => [id, status, reason])).toEqual([
      ['C1', 'planned', 'CX3280 is cancelled'],
      ['C2', 'planned', 'times changed'],
      ['C3', 'unroutable', 'UA896 has less room than is booked'],
    ]);
    expect(JSON.parse(readFileSync(summary, 'utf8'))).toMatchObject({
      requests: 4,
      onTime: 2,
      unroutable: 2,
      moves: 1,
    });
  });

  it('takes nothing of a file with a wrong line, and names it; or passes it over', async () => {
    const good = { at: '2026-11-22T19:30:00Z', flight: 'CX3280', origin: 'ANC', kind: 'cancelled' };
    const events = file('events.ndjson', good, { ...good, flight: 'XX1' });
    const options = { ...inputs(), output: join(folder, 'none.ndjson'), events };
    await expect(rerouteBooked(options)).rejects.toThrow(`${events}:2: flight: XX1 is no flight of the timetable`);
    expect(existsSync(options.output)).toBe(false);
    expect(await rerouteBooked({ ...options, keepGoing: true })).toBe(3);
    expect(existsSync(options.output)).toBe(true);
  });

  it('names a request that was never planned, and a plan that needs more room than there is', async () => {
    const events = join(examples, 'events.ndjson');
    const [first = '{}'] = readFileSync(plan, 'utf8').split('\n');
    const part = file('part.ndjson', JSON.parse(first));
    await expect(rerouteBooked({ ...inputs(), plan: part, events })).rejects.toThrow(
      `${requests}:2: id: C2 is not in the plan`,
    );
    const small = join(folder, 'small.csv');
    writeFileSync(small, readFileSync(timetable, 'utf8').replaceAll(',2500,', ',800,'));
    await expect(rerouteBooked({ ...inputs(), timetable: small, events })).rejects.toThrow(
      `${plan}:1: legs[0].flight: CX3280 has room for 800000 g`,
    );
  });
});

const ask = async (...lines: readonly (object | string)[]): Promise<string[]> => {
  const output = new PassThrough();
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  await answerLive(Readable.from([text]), output);
  output.end();
  const told = await output.setEncoding('utf8').toArray();
  return told.join('').trim().split('\n');
};

const params = {
  late_fee_usd_kg: 0.4,
  late_usd_kg_day: 0.6,
  undelivered_usd_kg: 12,
  rebook_usd_kg: 0.02,
  offload_usd_kg: 0.15,
  offload_min: 240,
  return_after_cancel_min: 180,
  customs_min: 420,
  transfer_min: 300,
};
const flight = { id: 'CX1/d', carrier: 'CPA', kind: 'C', std: 600, cutoff: 300, cap: 1000 };
const ports = [{ port: 'ORD', lane: 'US', mins: 900, rate: 3 }];
const shipments = [{ id: 'S1', lane: 'US', kg: 100, cluster: 'JFK', ready: 0, due: 5000 }];
const scenario = {
  id: 'one',
  params,
  inject: { 'ORD>JFK': [0.2, 600] },
  flights: [{ ...flight, ports }],
  shipments,
  horizon_min: 7200,
};
const init = { type: 'init', scenario };
const update = { type: 'update', t: 100, events: [], closed: [], returned: [] };

describe('reroute --live', () => {
  it('answers each line with one line', async () => {
    expect(await ask(init, update)).toEqual(['{"assign":{"S1":"CX1/d"},"offload":[]}', '{"assign":{},"offload":[]}']);
  });

  it.each([
    [['{'], '<stdin>:1: is no JSON'],
    [[update], '<stdin>:1: an "update" before the scenario'],
    [[init, init], '<stdin>:2: a second "init"'],
    [[init, { ...update, t: 'noon' }], '<stdin>:2: t'],
    [[init, { ...update, events: [{ t: 100, type: 'CNX', f: 'ZZ' }] }], '<stdin>:2: the scenario has no flight "ZZ"'],
  ])('names what is wrong with %o', async (lines, message) => {
    const asked = ask(...(lines as readonly (object | string)[]));
    await expect(asked).rejects.toThrow(InputError);
    await expect(asked).rejects.toThrow(message);
  });
});
