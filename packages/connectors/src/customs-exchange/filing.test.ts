import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contradicts, drafted, type Filing, type FilingEvent, stepFiling } from './filing.ts';

const answer = fc.record({
  id: fc.constant('f'),
  kind: fc.oneof(fc.constantFrom('accepted', 'rejected', 'received', 'constructor'), fc.string()),
  code: fc.string(),
  reason: fc.string(),
});
const event: fc.Arbitrary<FilingEvent> = fc.oneof(
  fc.constant({ kind: 'lodged' as const }),
  fc.constant({ kind: 'amended' as const, by: 'g' }),
  answer.map((one) => ({ kind: 'answered' as const, answer: one })),
);

/** The filings after each event that could happen, and the events that could not. */
const run = (events: readonly FilingEvent[]) => {
  const taken: FilingEvent[] = [];
  let filing: Filing = drafted('f');
  const seen = [filing];
  for (const one of events) {
    const next = stepFiling(filing, one);
    if (!next.ok) continue;
    filing = next.value;
    taken.push(one);
    seen.push(filing);
  }
  return { filing, seen, taken };
};

describe('a filing', () => {
  it('is lodged at most once, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        expect(run(events).taken.filter(({ kind }) => kind === 'lodged').length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('moves only forward: drafted, lodged, decided, amended', () => {
    const order = { drafted: 0, lodged: 1, accepted: 2, rejected: 2, amended: 3 };
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const ranks = run(events).seen.map(({ state }) => order[state]);
        for (const [index, rank] of ranks.entries()) expect(rank).toBeGreaterThanOrEqual(ranks[index - 1] ?? 0);
      }),
    );
  });

  it('loses no answer: each is the decision or stands beside it, in its order', () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const { filing, taken } = run(events);
        const given = taken.flatMap((one) => (one.kind === 'answered' ? [one.answer] : []));
        expect(given.filter((one) => one !== filing.decision)).toEqual(filing.further);
        expect(filing.decision).toBe(given.find(({ kind }) => kind === 'accepted' || kind === 'rejected'));
      }),
    );
  });

  it('keeps its decision when a contradicting answer comes, which is told', () => {
    const of = (kind: string) => ({ id: 'f', kind, code: 'E1', reason: 'because' });
    const { filing } = run([
      { kind: 'lodged' },
      { kind: 'answered', answer: of('rejected') },
      { kind: 'answered', answer: of('accepted') },
    ]);
    expect(filing).toMatchObject({ state: 'rejected', decision: of('rejected'), further: [of('accepted')] });
    expect(contradicts(filing, of('accepted'))).toBe(true);
    expect(contradicts(filing, of('rejected'))).toBe(false);
  });

  it('cannot be amended before it is answered, nor answered before it is lodged', () => {
    const draft = drafted('f');
    expect(stepFiling(draft, { kind: 'amended', by: 'g' })).toMatchObject({ ok: false });
    expect(stepFiling(draft, { kind: 'answered', answer: { id: 'f', kind: 'accepted' } })).toMatchObject({
      ok: false,
      error: { code: 'filing-drafted' },
    });
  });
});
