import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { routeAnswerSchema, routeRequestSchema } from '@crossparcel/transport';
import { afterAll, describe, expect, it } from 'vitest';
import { BatchAnswerer } from '../conventions/batch-answerer.ts';
import { recordCommands } from './record-commands.ts';
import { route } from './route.ts';

const examples = fileURLToPath(new URL('../../../../examples/flights/', import.meta.url));
const timetable = join(examples, 'timetable.csv');
const requests = readFileSync(join(examples, 'requests.ndjson'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-route-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const ask = (options: Record<string, string>, ...lines: string[]) => {
  const answer = route.prepare({ timetable, ...options });
  return lines.map((line) => {
    const result = answer(routeRequestSchema.parse(JSON.parse(line)));
    if (!result.ok) throw new Error(`${result.error.field}: ${result.error.what}`);
    return routeAnswerSchema.parse(result.value);
  });
};

const request = (more: object = {}): string =>
  JSON.stringify({
    id: 'R',
    origin: 'HKG',
    destination: 'ORD',
    readyAt: '2026-11-22T18:00:00+08:00',
    dueAt: '2026-11-24T12:00:00Z',
    massGrams: 100_000,
    ...more,
  });

const flights = (answer: { legs: object[] }) => answer.legs.map((leg) => ('flight' in leg ? leg.flight : ''));

describe('route', () => {
  it('answers the example: on time, with less room for those that come later, late, and not at all', () => {
    const answers = ask({}, ...requests.trim().split('\n'));
    expect(answers.map(({ status }) => status)).toEqual(['planned', 'planned', 'late', 'unroutable']);
    expect(answers[0]).toMatchObject({ arrivesAt: '2026-11-23T11:00:00Z', cost: '3915.00', currency: 'USD' });
    expect(answers[0]?.alternatives.map(({ why }) => why)).toEqual([
      '315.00 USD cheaper, 244 min later',
      '630.00 USD cheaper, 275 min later',
    ]);
    expect(answers[3]?.why).toBe('no flight calls at MIA');
  });

  it('keeps a cut-off to the minute', () => {
    const [inTime, tooLate] = ask(
      {},
      request({ readyAt: '2026-11-22T20:30:00+08:00' }),
      request({ readyAt: '2026-11-22T20:30:01+08:00' }),
    );
    expect(inTime && flights(inTime)).toEqual(['CX3280', 'CX3280']);
    expect(tooLate && flights(tooLate)).toEqual(['5X77', 'K4541']);
  });

  it('takes room, and says when there is none', () => {
    const heavy = { massGrams: 1_300_000 };
    const answers = ask({}, request(heavy), request(heavy), request(heavy));
    expect(answers.map(flights)).toEqual([['CX3280', 'CX3280'], [], []]);
    expect(answers[1]?.why).toBe('no way has room for 1300000 g');
  });

  it('takes the cheapest on time where that is preferred', () => {
    const [answer] = ask({ prefer: 'cheapest' }, request());
    expect(answer && flights(answer)).toEqual(['5X77', 'K4541']);
    expect(answer?.alternatives[0]?.why).toBe('35.00 USD dearer, 31 min earlier');
  });

  it('keeps to a limit of legs, and tells when that is why there is no way', () => {
    const [one, none] = ask({}, request({ maxLegs: 1 }), request({ destination: 'ANC', maxLegs: 0 }));
    expect(one && flights(one)).toEqual(['UA896']);
    expect(none?.why).toBe('no way has 0 legs or fewer');
  });

  it('reads a compressed timetable', () => {
    const packed = file('timetable.csv.gz', gzipSync(readFileSync(timetable)));
    expect(ask({ timetable: packed }, request())).toEqual(ask({}, request()));
  });

  it.each([
    [{ origin: 'XQX' }, 'origin'],
    [{ dueAt: '2026-11-20T12:00:00Z' }, 'dueAt'],
  ])('names the field of %o', (more, field) => {
    const result = route.prepare({ timetable })(routeRequestSchema.parse(JSON.parse(request(more))));
    expect(result.ok ? undefined : result.error.field).toBe(field);
  });

  it('names wrong lines of the timetable by line and field, and does without them where that is asked for', () => {
    const lines = readFileSync(timetable, 'utf8').trim().split('\n');
    const broken = file('broken.csv', [...lines, lines[1]?.replace('ANC', 'QQQ'), lines[2]].join('\n'));
    const message = `${broken}:8: destination: "QQQ" is no airport that is known; give its IATA code`;
    expect(() => route.prepare({ timetable: broken })).toThrow(message);
    const command = recordCommands.find(({ name }) => name === 'route');
    if (!command) throw new Error('no command');
    const answerer = new BatchAnswerer(command, { timetable: broken }, true);
    expect(answerer.passedOver).toHaveLength(2);
    expect(answerer.passedOver[1]).toContain('broken.csv:9: flight: leaves here at this time already (line 3)');
    const { records } = answerer.answer({ kind: 'lines', file: '-', firstLine: 1, text: request() });
    expect(JSON.parse(records[0] ?? '')).toMatchObject({ status: 'planned' });
  });

  it('says what is missing', () => {
    expect(() => route.prepare({})).toThrow('give --timetable FILE');
    expect(() => route.prepare({ timetable, prefer: 'best' })).toThrow('--prefer best is not known');
    expect(() => route.prepare({ timetable: join(folder, 'none.csv') })).toThrow('cannot be read');
    expect(() => route.prepare({ timetable: file('empty.csv', '') })).toThrow('lacks flight');
  });
});
