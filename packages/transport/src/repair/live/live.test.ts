import { generatorOf } from '@crossparcel/numerics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DelayHistory } from './delay-history.ts';
import { LivePolicy } from './live-policy.ts';
import { LiveState, UnknownIdentifier } from './live-state.ts';
import { outlookOf, readinessOf, wholeDelay } from './outlook.ts';
import type { LiveScenario } from './protocol.ts';
import { nextAvailable } from './test/next-available.ts';
import { type Outcome, type Policy, practiceHistory, practiceOf, Simulation } from './test/practice.ts';

const settings = { bookAheadMinutes: 180, replanMinutes: 120, offloadMarginUsdPerKg: 1 };
const history = new DelayHistory(practiceHistory);

const policyFor = (scenario: LiveScenario): Policy => {
  const policy = new LivePolicy(scenario, history, settings);
  return (message) => (message.type === 'init' ? policy.first() : policy.answer(message));
};

const seeds = Array.from({ length: 8 }, (_, index) => index + 1);
const play = (policyOf: (scenario: LiveScenario) => Policy): Outcome[] =>
  seeds.map((seed) => {
    const practice = practiceOf(seed);
    return new Simulation(practice).run(policyOf(practice.scenario));
  });
const sum = (outcomes: readonly Outcome[], of: (one: Outcome) => number) =>
  outcomes.reduce((total, one) => total + of(one), 0);

describe('the live policy', () => {
  test('asks for nothing that the rules forbid, and does better than booking what comes next', () => {
    const replanned = play(policyFor);
    const booked = play(nextAvailable);
    expect(replanned.flatMap(({ refused }) => refused)).toEqual([]);
    expect(sum(replanned, ({ usd }) => usd)).toBeLessThan(sum(booked, ({ usd }) => usd));
    expect(sum(replanned, ({ onTimeKg }) => onTimeKg)).toBeGreaterThan(sum(booked, ({ onTimeKg }) => onTimeKg));
    for (const { kg } of replanned) expect(kg).toBeGreaterThan(0);
  });

  test('gives the same answers to the same messages', () => {
    const { scenario, events, ready } = practiceOf(3);
    const told = () => {
      const policy = policyFor(scenario);
      const replies: unknown[] = [];
      const log: Policy = (message) => {
        const reply = policy(message);
        replies.push(reply);
        return reply;
      };
      new Simulation({ scenario, events, ready }).run(log);
      return JSON.stringify(replies);
    };
    expect(told()).toBe(told());
  });

  test('takes goods off a flight that will be very late when another brings them in time', () => {
    const base = practiceOf(1).scenario;
    const port = { port: 'ORD', lane: 'US', mins: 900, rate: 3 };
    const flight = { carrier: 'AA', kind: 'C', cutoff: 300, cap: 1000, ports: [port] };
    const scenario = {
      ...base,
      flights: [
        { ...flight, id: 'AA1', std: 1000 },
        { ...flight, id: 'AA2', std: 1700 },
      ],
      shipments: [{ id: 'S1', lane: 'US', kg: 100, cluster: 'JFK', ready: 0, due: 1700 + 900 + 420 + 600 + 60 }],
    };
    const policy = new LivePolicy(scenario, history, settings);
    // Nothing else is booked, so that no message is sure to come before the cut-off: it is booked at once.
    expect(policy.first().assign).toEqual({ S1: 'AA1' });
    const update = { type: 'update' as const, events: [], closed: [], returned: [] };
    policy.answer({ ...update, t: 700, closed: [{ f: 'AA1', tendered: ['S1'], rejected: [] }] });
    const late = { t: 760, type: 'ETD' as const, f: 'AA1', v: 1000 + 4000 };
    const reply = policy.answer({ ...update, t: 760, events: [late] });
    expect(reply).toEqual({ assign: { S1: 'AA2' }, offload: ['S1'] });
  });

  test('refuses news of what the scenario does not have', () => {
    const policy = new LivePolicy(practiceOf(1).scenario, history, settings);
    const event = { t: 5, type: 'CNX' as const, f: 'ZZ9/d' };
    expect(() => policy.answer({ type: 'update', t: 5, events: [event], closed: [], returned: [] })).toThrow(
      UnknownIdentifier,
    );
  });
});

describe('the outlook of a flight', () => {
  const { flights } = new LiveState(practiceOf(2).scenario);

  test('always adds up to 1, and knows no outcome that silence has ruled out', () => {
    fc.assert(
      fc.property(fc.constantFrom(...flights), fc.integer({ min: 0, max: 5000 }), (flight, now) => {
        const outlook = outlookOf(flight, now, history);
        expect(outlook.reduce((total, { probability }) => total + probability, 0)).toBeCloseTo(1, 9);
        // A delay of 480 minutes is told 360 minutes ahead.
        const knows = outlook.some(({ departure }) => departure === flight.std + 480);
        if (now > flight.std - 360 && now < flight.std) expect(knows).toBe(false);
        // Cancellations are told an hour ahead at least.
        if (now > flight.std - 60) expect(outlook.every(({ departure }) => departure !== undefined)).toBe(true);
      }),
    );
  });

  test('after an estimate is the whole delay that such an estimate stands for', () => {
    expect(wholeDelay(practiceHistory.news.departures, 288)).toBe(480);
    expect(wholeDelay(practiceHistory.news.departures, 45)).toBe(90);
    const [flight] = flights;
    if (!flight) throw new Error('no flight');
    const late = { ...flight, estimate: flight.std + 288 };
    expect(outlookOf(late, flight.std - 360, history)).toEqual([
      { probability: 1, departure: flight.std + 480, knownAt: flight.std - 360 },
    ]);
  });

  test('of an inbound flight adds up to 1 until it has landed, and is a fact then', () => {
    const { shipments } = new LiveState(practiceOf(2).scenario);
    const inbound = shipments.filter((one) => one.inbound !== undefined);
    expect(inbound.length).toBeGreaterThan(0);
    for (const shipment of inbound) {
      const readiness = readinessOf(shipment, 0, 300, history);
      expect(readiness.reduce((total, { probability }) => total + probability, 0)).toBeCloseTo(1, 9);
      const landed = { ...shipment, readyKnown: true, readyEstimate: shipment.ready + 77 };
      expect(readinessOf(landed, 0, 300, history)).toEqual([{ probability: 1, ready: shipment.ready + 77 }]);
    }
  });
});

describe('the history of delays', () => {
  test('trusts a carrier as far as carriers differ, and knows no carrier it has not seen better than its kind', () => {
    const cancelled = (carrier: string) => history.departure('C', carrier)[3] as number;
    expect(cancelled('BB')).toBeGreaterThan(0.15);
    expect(cancelled('AA')).toBeLessThan(0.03);
    expect(cancelled('ZZ')).toBeGreaterThan(cancelled('AA'));
    expect(cancelled('ZZ')).toBeLessThan(cancelled('BB'));
    expect(history.departure('P', 'AA')).toEqual([1, 0, 0, 0]);
  });

  test('takes carriers for alike whose counts differ no more than chance explains', () => {
    const generator = generatorOf(11);
    const counts = Array.from({ length: 30 }, (_, index) => {
      const flown = [0, 0, 0];
      for (let flight = 0; flight < 40; flight += 1) {
        const luck = generator.unit();
        const delay = luck < 0.7 ? 0 : luck < 0.9 ? 1 : 2;
        flown[delay] = (flown[delay] as number) + 1;
      }
      return { direction: 'departure' as const, kind: 'C', carrier: `A${index}`, flown, cancelled: 0 };
    });
    const alike = new DelayHistory({ ...practiceHistory, counts });
    const punctual = counts.map(({ carrier }) => alike.departure('C', carrier)[0] as number);
    expect(Math.max(...punctual) - Math.min(...punctual)).toBeLessThan(0.1);
  });
});
