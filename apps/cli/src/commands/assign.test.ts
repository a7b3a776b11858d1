import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readAssignment } from './assign-input.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const example = (name: string) => join(root, 'examples/capacity', name);
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-assign-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const legs = example('legs.csv');
const shipments = example('shipments.ndjson');
const bookings = example('bookings.ndjson');

const run = (...args: string[]) => {
  const { stdout, stderr, status } = spawnSync(join(root, 'bin/crossparcel.js'), ['assign', ...args], {
    encoding: 'utf8',
  });
  const records = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  return { records, stderr, status };
};

const throwIt = (error: Error): never => {
  throw error;
};

const faultOf = async (files: { legs?: string; shipments?: string; bookings?: string }): Promise<string> => {
  try {
    await readAssignment({ legs, shipments, ...files }, throwIt);
  } catch (error) {
    return (error as Error).message.replace(`${folder}/`, '');
  }
  return '';
};

describe('assign', () => {
  it('answers the example: a line a shipment, then costs that add up, above their bound', () => {
    const { records, status } = run('--legs', legs, '--shipments', shipments, '--bookings', bookings, '--advice');
    expect(status).toBe(0);
    expect(records.map(({ id }) => id)).toEqual(['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7', null]);
    const { costs, bound, advice } = records.at(-1).summary;
    const { total, ...lines } = costs;
    const cents = (text: string) => Math.round(Number(text) * 100);
    expect(Object.values(lines as Record<string, string>).reduce((sum, line) => sum + cents(line), 0)).toBe(
      cents(total),
    );
    expect(cents(bound)).toBeLessThanOrEqual(cents(total));
    expect(advice.map((one: { advice: string }) => one.advice)).toContain('block');
    expect(run('advise', '--legs', legs, '--shipments', shipments, '--bookings', bookings).records).toEqual(advice);
  });

  it('keeps going past a bad shipment, in its place', () => {
    const lines = readFileSync(shipments, 'utf8').split('\n');
    const bad = file('some.ndjson', [lines[0], lines[1]?.replace('"CX80/24"', '"XX1/24"'), lines[2], '{'].join('\n'));
    const { records, stderr, status } = run('--legs', legs, '--shipments', bad, '--keep-going');
    expect(status).toBe(3);
    expect(records.map(({ id, error }) => [id, error?.field])).toEqual([
      ['M1', undefined],
      ['M2', 'paths[0].legs[0]'],
      ['M3', undefined],
      [null, undefined],
      [null, undefined],
    ]);
    expect(stderr).toContain('some.ndjson:2: paths[0].legs[0]: is no known leg: XX1/24');
    expect(run('--legs', legs, '--shipments', bad)).toMatchObject({ status: 2, records: [] });
  });
});

describe('files of an assignment', () => {
  const [head = '', first = '', second = ''] = readFileSync(legs, 'utf8').split('\n');
  const withLeg = (line: string) => ({ legs: file('legs.csv', `${head}\n${first}\n${line}\n`) });
  const firstShipment = JSON.parse(readFileSync(shipments, 'utf8').split('\n')[0] as string);
  const shipment = (more: object) => ({
    shipments: file('s.ndjson', `${JSON.stringify({ ...firstShipment, ...more })}\n`),
  });
  const booking = (more: object) => {
    const record = { shipment: 'M1', legs: ['CX80/24'], rebookPerKg: '0.02', ...more };
    return { bookings: file('b.ndjson', `${JSON.stringify(record)}\n`) };
  };

  it('name line and field of what is wrong', async () => {
    expect(await faultOf(withLeg(second.replace('1200', '-5')))).toContain('legs.csv:3: capacityKg: ');
    expect(await faultOf(withLeg(second.replace('USD', 'EUR')))).toContain('legs.csv:3: currency: is EUR');
    expect(await faultOf(withLeg(first))).toContain('legs.csv:3: id: is there twice');
    expect(await faultOf(withLeg(second.replace('2026-11-24T', '24.11.T')))).toContain(
      'legs.csv:3: departure: is no time',
    );
    expect(await faultOf(withLeg(second.replace(/,,,$/, ',1500,2.00,')))).toContain(
      'legs.csv:3: blockKg: is more than',
    );
    expect(await faultOf(shipment({ massGrams: 0 }))).toContain('s.ndjson:1: massGrams: ');
    expect(await faultOf(shipment({ pieces: 1_000_000 }))).toContain('s.ndjson:1: pieces: are more');
    expect(await faultOf(shipment({ dueAt: 'soon' }))).toContain('s.ndjson:1: dueAt: is no time');
    expect(await faultOf(booking({ legs: ['AA1'] }))).toContain('b.ndjson:1: legs[0]: is no known leg: AA1');
    expect(await faultOf(booking({ shipment: 'M99' }))).toContain('b.ndjson:1: shipment: is not known: M99');
    expect(await faultOf(booking({ heldTo: 'CX80/25', heldReason: 'built-into' }))).toContain(
      'b.ndjson:1: heldTo: is not on',
    );
  });

  it('tell room below the load that is held to it', async () => {
    const held = booking({ heldTo: 'CX80/24', heldReason: 'export-cleared' });
    const small = readFileSync(legs, 'utf8').replace('2400,3.90,USD,1500', '850,3.90,USD,500');
    expect(await faultOf({ ...held, legs: file('small.csv', small) })).toContain(
      'small.csv:2: capacityKg: is less than is held to the leg, 900000 g',
    );
  });

  it('may be CSV with paths as JSON, and read the same', async () => {
    const { paths, ...flat } = firstShipment;
    const quoted = JSON.stringify(paths).replaceAll('"', '""');
    const csv = file('s.csv', `${Object.keys(flat).join(',')},paths\n${Object.values(flat).join(',')},"${quoted}"\n`);
    const one = await readAssignment({ legs, shipments: csv }, throwIt);
    const same = await readAssignment({ legs, ...shipment({}) }, throwIt);
    expect(one).toEqual(same);
  });
});
