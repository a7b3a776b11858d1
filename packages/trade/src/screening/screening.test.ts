import { Reference } from '@crossparcel/files';
import { parseDay } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GoodsBook } from '../restrictions/goods-book.ts';
import { type Clearance, Clearances } from './clearance.ts';
import { DeniedParties } from './denied-parties.ts';
import { ComparedWord } from './jaro-winkler.ts';
import type { ListEntry, ScreeningList } from './list.ts';
import { decisionLogLine } from './log-line.ts';
import type { ScreeningMethod } from './method.ts';
import { NameReader } from './name-forms.ts';
import { NameIndex } from './name-index.ts';
import { NameScorer } from './name-score.ts';
import { type ScreenRequest, screenAnswer, screenRequestSchema } from './record.ts';

const method = new Reference().screeningMethods().at(-1) as ScreeningMethod;

const entry = (id: string, names: readonly string[], more: Partial<ListEntry> = {}): ListEntry => ({
  id,
  kind: 'person',
  names: names.map((name) => ({ name, weak: false })),
  countries: [],
  birthDates: [],
  programs: ['TEST'],
  ...more,
});
const listOf = (...entries: readonly ListEntry[]): ScreeningList => ({ id: 'made', version: '1', entries });
const screening = (...entries: readonly ListEntry[]) => new DeniedParties([listOf(...entries)], method);
const best = (parties: DeniedParties, name: string) => parties.screen({ name })[0]?.score ?? 0;

/** Jaro's similarity by its definition, a search for each letter. */
const plainJaro = (a: string, b: string): number => {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Set<number>();
  const its: string[] = [];
  for (let at = 0; at < b.length; at += 1) {
    for (let place = Math.max(0, at - reach); place < Math.min(a.length, at + reach + 1); place += 1) {
      if (taken.has(place) || a[place] !== b[at]) continue;
      taken.add(place);
      its.push(b[at] as string);
      break;
    }
  }
  const own = [...taken].sort((x, y) => x - y).map((place) => a[place]);
  const moved = own.filter((letter, at) => letter !== its[at]).length / 2;
  return own.length === 0 ? 0 : (own.length / a.length + own.length / b.length + (own.length - moved) / own.length) / 3;
};

const word = fc.string({ unit: fc.constantFrom(...'abcdehimnorsuz1'), minLength: 1, maxLength: 12 });
/** Words near one another, so that scores about the threshold are common. */
const related = word.chain((base) =>
  fc
    .tuple(fc.nat(base.length), fc.constantFrom('', 'a', 'h', 'm'), fc.nat(1))
    .map(([at, letter, drop]) => base.slice(0, at) + letter + base.slice(at + drop) || base),
);
const words = fc.array(fc.oneof(word, related), { minLength: 1, maxLength: 4 });

describe('words', () => {
  it('have the similarities published with the measure', () => {
    const jaro = (a: string, b: string) => new ComparedWord(a).jaro(b);
    expect(jaro('martha', 'marhta')).toBeCloseTo(0.9444, 4);
    expect(jaro('dwayne', 'duane')).toBeCloseTo(0.8222, 4);
    expect(jaro('dixon', 'dicksonx')).toBeCloseTo(0.7667, 4);
    expect(jaro('abc', 'xyz')).toBe(0);
  });

  it('are as similar by bits as by search', () => {
    const long = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(word, long), fc.oneof(word, long), (a, b) => {
        expect(new ComparedWord(a).jaro(b)).toBeCloseTo(plainJaro(a, b), 12);
      }),
    );
  });
});

describe('the index', () => {
  it('finds every name that a comparison with all of them finds, with the same scores', () => {
    const scorer = new NameScorer(method);
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 40 }),
        words,
        fc.constantFrom(0.5, 0.69, 0.7, 0.75, 0.85, 0.9, 0.95, 1),
        fc.nat(39),
        (listed, asked, threshold, which) => {
          const index = new NameIndex(scorer);
          for (const name of listed) index.add(name);
          // The name asked about is often a listed one with a word more or less.
          const near = [...(listed[which % listed.length] ?? []), ...asked].slice(0, 4);
          for (const name of [asked, near, listed[which % listed.length] ?? asked]) {
            expect(index.search(name, threshold)).toEqual(index.scan(name, threshold));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('does so for whole parties too', () => {
    const name = fc.array(
      fc.constantFrom('Wei', 'Ming', 'Zhang', 'Ali', 'Hasan', 'Hassan', 'al', 'Obraztsov', 'Ltd', 'محمد'),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 12 }), name, (listed, asked) => {
        const parties = screening(...listed.map((one, id) => entry(String(id), [one.join(' ')])));
        const party = { name: asked.join(' ') };
        expect(parties.screen(party)).toEqual(parties.screenByScan(party));
      }),
    );
  });
});

describe('names', () => {
  const parties = screening(
    entry('1', ['OBRAZTSOV, Yuri Petrovich']),
    entry('2', ['TESTAVIA AIRLINES LTD'], { kind: 'entity' }),
    entry('3', ['ZENG, Guoqiang']),
    entry('4', ['AL-MUTHANNA, Mohammed Hussein']),
    entry('5', ['PAPADOPOULOS, Example']),
    entry('6', ['KIM, Jong Example']),
  );

  it('match in any order, with accents, titles and forms of companies', () => {
    expect(best(parties, 'Yuri Petrovich Obraztsov')).toBe(1);
    expect(best(parties, 'Mr. Yúri Petrovich OBRAZTSOV')).toBe(1);
    expect(best(parties, 'Testavia Airlines GmbH')).toBe(1);
    expect(best(parties, 'Test Avia Airlines')).toBe(1);
    expect(best(parties, 'Guo Qiang Zeng')).toBe(1);
  });

  it('match from other scripts', () => {
    expect(best(parties, 'Юрий Петрович Образцов')).toBeGreaterThan(0.9);
    expect(best(parties, '曾国强')).toBe(1);
    expect(best(parties, 'Παπαδόπουλος Example')).toBeGreaterThan(0.9);
    expect(best(parties, '김 종 Example')).toBeGreaterThan(0.85);
    expect(best(parties, 'محمد حسين المثنى')).toBeGreaterThan(0.85);
  });

  it('match when misspelt, and not when they are other names', () => {
    expect(best(parties, 'Yuri Petrovitch Obrastsov')).toBeGreaterThan(0.9);
    for (const name of ['Yuri Smith', 'Anna Schmidt', '李小龙', 'Park Jong Suk', 'Testing Laboratories']) {
      expect([name, best(parties, name)]).toEqual([name, 0]);
    }
  });

  it('lose more the more of the listed name they leave out', () => {
    const scorer = new NameScorer(method);
    const score = (asked: string) => scorer.score(asked.split(' '), 'yuri petrovich obraztsov'.split(' ')).score;
    expect(score('yuri petrovich obraztsov')).toBe(1);
    expect(score('petrovich obraztsov')).toBeCloseTo(1 - (4 / 22) * 0.15, 10);
    expect(score('yuri')).toBeCloseTo(1 - (18 / 22) * 0.15, 10);
    expect(score('yuri petrovich obraztsov jones')).toBeCloseTo(44 / 49, 10);
  });

  it('keep what is nothing but a form of a company', () => {
    const reader = new NameReader(method);
    expect(reader.forms('The Group').words).toEqual(['the', 'group']);
    expect(reader.forms('Holding, Ltd').words).toEqual(['holding']);
  });
});

describe('what speaks for and against', () => {
  const made = entry('1', ['OBRAZTSOV, Yuri'], { birthDates: ['10 Dec 1948'], countries: ['Germany'] });
  const hit = (party: { birthDate?: string; country?: string; kind?: string }) =>
    screening(made).screen({ name: 'Yuri Obraztsov', ...party })[0];

  it('is told, and only what speaks against keeps a party from being stopped', () => {
    expect(hit({})?.decision).toBe('blocked');
    expect(hit({ birthDate: '1949-01-01', country: 'DE' })).toMatchObject({
      decision: 'blocked',
      why: expect.arrayContaining(['born in 1949, as listed', 'in DE, as listed']),
    });
    expect(hit({ birthDate: '1985' })).toMatchObject({ decision: 'review', score: 1 });
    expect(hit({ kind: 'entity' })?.decision).toBe('review');
    const weak = screening({ ...made, names: [{ name: 'Yuri Obraztsov', weak: true }] });
    expect(weak.screen({ name: 'Yuri Obraztsov' })[0]?.decision).toBe('review');
  });
});

describe('decisions of persons', () => {
  const key = new TextEncoder().encode('a secret of enough bytes');
  const desk = (list: ScreeningList, clearances: readonly Clearance[], today = '2026-11-22') => ({
    parties: new DeniedParties([list], method),
    goods: new GoodsBook([], [], []),
    clearances: new Clearances(clearances),
    lists: [{ list: list.id, listVersion: list.version }],
    restrictionsVersion: 'none',
    day: parseDay(today) ?? 0,
    key,
  });
  const made = entry('1', ['OBRAZTSOV, Yuri']);
  const request = screenRequestSchema.parse({
    id: 'o-1',
    parties: [{ role: 'consignee', name: 'Yuri Obraztsov', country: 'DE' }],
  });
  const clearance = screenAnswer(desk(listOf(made), []), request).hits[0]?.clearance as Clearance;
  const decided = { ...clearance, by: 'A. Clerk', on: '2026-11-01', reason: 'another birth date on the passport' };

  it('clear a party of an entry', () => {
    const answer = screenAnswer(desk(listOf(made), [decided]), request);
    expect([answer.decision, answer.hits[0]?.decision, answer.hits[0]?.cleared?.by]).toEqual([
      'clear',
      'cleared',
      'A. Clerk',
    ]);
  });

  it('are reopened when the entry changes, not when the list does', () => {
    const other = listOf(entry('2', ['SOMEONE ELSE']), made);
    expect(screenAnswer(desk({ ...other, version: '2' }, [decided]), request).decision).toBe('clear');
    const changed = screenAnswer(desk(listOf({ ...made, birthDates: ['1948'] }), [decided]), request);
    expect(changed.decision).toBe('blocked');
    expect(changed.hits[0]?.why.at(-1)).toBe(
      'the decision of 2026-11-01 by A. Clerk was about the entry as it stood before it changed',
    );
  });

  it('are asked for where a name cannot be compared at all', () => {
    const odd = { ...request, parties: [{ role: 'consignee', name: '★★' }] };
    const answer = screenAnswer(desk(listOf(made), []), odd);
    expect([answer.decision, answer.notes]).toEqual([
      'review',
      ['parties[0].name has no letters that can be compared; look at it'],
    ]);
  });

  it('are asked for where goods have no market to be screened for', () => {
    const { market: _, ...nowhere } = request;
    const goods = [{ sku: 'A', description: 'silk scarf' }];
    const answer = screenAnswer(desk(listOf(made), []), { ...nowhere, parties: [], goods });
    expect([answer.decision, answer.notes]).toEqual([
      'review',
      ['no market was given, so that goods were not screened'],
    ]);
  });

  it('hold for that party alone, and until their last day', () => {
    const namesake: ScreenRequest = {
      ...request,
      parties: [{ role: 'consignee', name: 'Yuri Obraztsov', country: 'FR' }],
    };
    expect(screenAnswer(desk(listOf(made), [decided]), namesake).decision).toBe('blocked');
    const until = { ...decided, until: '2026-11-22' };
    expect(screenAnswer(desk(listOf(made), [until]), request).decision).toBe('clear');
    expect(screenAnswer(desk(listOf(made), [until], '2026-11-23'), request).decision).toBe('blocked');
  });

  it('stand in the log with the version of the list and without a name', () => {
    const answer = screenAnswer(desk(listOf(made), [decided]), request);
    const line = decisionLogLine(request, answer, key, '2026-11-22T08:00:00Z');
    expect(line).not.toMatch(/yuri|obraztsov/i);
    expect(JSON.parse(line)).toMatchObject({
      at: '2026-11-22T08:00:00Z',
      id: 'o-1',
      decision: 'clear',
      parties: [{ role: 'consignee', party: clearance.party }],
      hits: [{ list: 'made', listVersion: '1', entry: '1', decision: 'cleared', clearedBy: 'A. Clerk' }],
    });
  });
});
