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
  it('sums up what it routed, beside what each would have cost alone', async () => {
    const path = join(folder, 'summary.json');
    const answer = route.prepare({ timetable, summary: path });
    for (const line of requests.trim().split('\n')) answer(routeRequestSchema.parse(JSON.parse(line)));
    await answer.finish?.();
    const summary = JSON.parse(readFileSync(path, 'utf8'));
    expect(summary).toMatchObject({ requests: 4, onTime: 2, late: 1, unroutable: 1, moves: 0, fees: '0.00' });
    expect(Number(summary.bound)).toBeLessThanOrEqual(Number(summary.cost));
  });

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

  it('names wrong lines of the timetable by line and field, and does without them where that is asked for', async () => {
    const lines = readFileSync(timetable, 'utf8').trim().split('\n');
    const broken = file('broken.csv', [...lines, lines[1]?.replace('ANC', 'QQQ'), lines[2]].join('\n'));
    const message = `${broken}:8: destination: "QQQ" is no airport that is known; give its IATA code`;
    expect(() => route.prepare({ timetable: broken })).toThrow(message);
    const command = recordCommands.find(({ name }) => name === 'route');
    if (!command) throw new Error('no command');
    const answerer = await BatchAnswerer.of(command, { timetable: broken }, true);
    expect(answerer.passedOver).toHaveLength(2);
    expect(answerer.passedOver[1]).toContain('broken.csv:9: flight: leaves here at this time already (line 3)');
    const { records } = answerer.answer({ kind: 'lines', file: '-', firstLine: 1, text: request() });
    expect(JSON.parse(records[0] ?? '')).toMatchObject({ status: 'planned' });
  });

  it('tells and prefers what is sure, by a history', () => {
    const rows = ['flight,carrier,kind,airport,scheduled,cancelled,delayMin'];
    for (let day = 1; day <= 28; day += 1) {
      const scheduled = `2026-10-${String(day).padStart(2, '0')}T02:30:00+08:00`;
      rows.push(`CX3280,CX,freighter,HKG,${scheduled},${day % 2 === 0},${day % 2 === 0 ? '' : '5'}`);
      for (const flight of ['5X77,5X', 'K4541,K4', 'K4543,K4'])
        rows.push(`${flight},freighter,HKG,${scheduled},false,0`);
    }
    const history = file('history.csv', rows.join('\n'));
    const [soon, sure] = [
      { history, prefer: 'earliest' },
      { history, prefer: 'surest' },
    ].map((options) => ask(options, request())[0]);
    expect(soon && flights(soon)).toEqual(['CX3280', 'CX3280']);
    expect(soon?.chance).toBeLessThan(0.4);
    expect(sure && flights(sure)).toEqual(['5X77', 'K4541']);
    expect(sure?.chance).toBeGreaterThan(0.9);
    expect(sure?.onTimeChance).toBeGreaterThan(0.9);
    const bad = file('bad-history.csv', `${rows.slice(0, 2).join('\n')}\n${rows[2]?.replace('false,0', 'false,')}`);
    expect(() => ask({ history: bad }, request())).toThrow('bad-history.csv:3: delayMin');
  });

  it('goes on by road, when the customs desk is open', () => {
    const ground = file(
      'ground.json',
      JSON.stringify([
        {
          id: 'clearance',
          kind: 'clearance',
          from: 'ORD',
          to: 'ORD-released',
          minutes: 120,
          pricePerKg: 0.1,
          currency: 'USD',
          opens: {
            timeZone: 'America/Chicago',
            hours: [{ days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], from: '08:00', to: '16:00' }],
          },
        },
        {
          id: 'truck',
          kind: 'injection',
          from: 'ORD-released',
          to: 'hub',
          minutes: 300,
          pricePerKg: 0.2,
          currency: 'USD',
        },
      ]),
    );
    // Lands at 05:00 in Chicago; cleared from 08:00 to 10:00; at the hub at 15:00, which is 21:00Z.
    const [answer] = ask({ ground }, request({ destination: 'hub' }));
    expect(answer).toMatchObject({ status: 'planned', arrivesAt: '2026-11-23T21:00:00Z', cost: '465.00' });
    expect(answer?.legs.at(-2)).toMatchObject({ kind: 'clearance', departure: '2026-11-23T14:00:00Z' });
  });

  it('says what is missing', () => {
    expect(() => route.prepare({})).toThrow('give --timetable FILE');
    expect(() => route.prepare({ timetable, prefer: 'best' })).toThrow('--prefer best is not known');
    expect(() => route.prepare({ timetable: join(folder, 'none.csv') })).toThrow('cannot be read');
    expect(() => route.prepare({ timetable: file('empty.csv', '') })).toThrow('lacks flight');
  });
});
