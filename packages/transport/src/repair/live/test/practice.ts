import { type Generator, generatorOf } from '@crossparcel/numerics';
import type { DelayHistoryRecord } from '../delay-history.ts';
import type { LiveEvent, LiveFlight, LiveReply, LiveScenario, LiveShipment, UpdateMessage } from '../protocol.ts';

/** A scenario with what will happen in it. */
export interface Practice {
  readonly scenario: LiveScenario;
  readonly events: readonly LiveEvent[];
  /** When each inbound shipment is really ready, by its id. */
  readonly ready: ReadonlyMap<string, number>;
}

/** What a policy came to. */
export interface Outcome {
  readonly usd: number;
  readonly onTimeKg: number;
  readonly undeliveredKg: number;
  readonly kg: number;
  readonly refused: readonly string[];
  readonly moves: number;
}

export type Policy = (message: { type: 'init' } | UpdateMessage) => LiveReply;

const LANES = [
  { lane: 'US', ports: ['ORD', 'LAX'], clusters: ['JFK', 'DFW'] },
  { lane: 'EU', ports: ['LGG', 'LEJ'], clusters: ['CDG', 'FRA'] },
] as const;

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

/** How flights of the scenarios run: carrier `BB` is often late and often cancelled. */
export const practiceHistory: Pick<DelayHistoryRecord, 'delayMinutes' | 'news' | 'counts'> = {
  delayMinutes: [5, 90, 480],
  news: {
    departures: [
      { aboveMinutes: 360, leadMinutes: 360, share: 0.6 },
      { aboveMinutes: 30, leadMinutes: 180, share: 0.5 },
    ],
    arrivals: [{ aboveMinutes: 30, leadMinutes: 180, share: 0.5 }],
    cancellations: [{ fromMinutes: 60, toMinutes: 1440, share: 1 }],
  },
  counts: [
    { direction: 'departure', kind: 'C', carrier: 'AA', flown: [95, 3, 1], cancelled: 1 },
    { direction: 'departure', kind: 'C', carrier: 'BB', flown: [50, 15, 15], cancelled: 20 },
    { direction: 'arrival', kind: '*', carrier: 'AA', flown: [90, 5, 4], cancelled: 1 },
    { direction: 'arrival', kind: '*', carrier: 'BB', flown: [60, 20, 15], cancelled: 5 },
  ],
};

const pick = <Value>(generator: Generator, values: readonly Value[]): Value =>
  values[Math.floor(generator.unit() * values.length)] as Value;

/** The delay of a movement by the history of its carrier; undefined when it is cancelled. */
const delayOf = (generator: Generator, direction: 'departure' | 'arrival', carrier: string): number | undefined => {
  const counts = practiceHistory.counts.find((one) => one.direction === direction && one.carrier === carrier);
  let luck = generator.integer(0, 99);
  for (const [index, flown] of (counts?.flown ?? []).entries()) {
    luck -= flown;
    if (luck < 0) return practiceHistory.delayMinutes[index];
  }
  return undefined;
};

const eventsOf = (generator: Generator, { id, std, carrier }: LiveFlight): LiveEvent[] => {
  const delay = delayOf(generator, 'departure', carrier);
  if (delay === undefined) {
    return [{ t: Math.max(0, std - generator.integer(60, 1440)), type: 'CNX', f: id }];
  }
  const told: LiveEvent[] = [];
  if (delay > 360) told.push({ t: Math.max(0, std - 360), type: 'ETD', f: id, v: std + 0.6 * delay });
  else if (delay > 30) told.push({ t: Math.max(0, std - 180), type: 'ETD', f: id, v: std + 0.5 * delay });
  if (delay > 30) told.push({ t: std, type: 'ETD', f: id, v: std + delay });
  return [...told, { t: std + delay, type: 'DEP', f: id }];
};

/** News of an inbound flight, the last of which is when its goods are ready. */
const inboundOf = (generator: Generator, id: string, scheduled: number): LiveEvent[] => {
  const delay = delayOf(generator, 'arrival', id.slice(0, 2));
  const landing = scheduled - params.transfer_min;
  if (delay === undefined) {
    return [{ t: Math.max(0, landing - generator.integer(60, 720)), type: 'ICNX', f: id, v: scheduled + 1440 }];
  }
  const told: LiveEvent[] = [];
  if (delay > 30) told.push({ t: Math.max(0, landing - 180), type: 'ETA', f: id, v: scheduled + 0.5 * delay });
  return [...told, { t: Math.max(0, landing + delay), type: 'ARR', f: id, v: scheduled + delay }];
};

/** A made-up scenario of three days, by its seed. */
export const practiceOf = (seed: number): Practice => {
  const generator = generatorOf(seed);
  const flights: LiveFlight[] = [];
  const shipments: LiveShipment[] = [];
  const events: LiveEvent[] = [];
  const ready = new Map<string, number>();
  const inject: Record<string, [number, number]> = {};
  for (const { lane, ports, clusters } of LANES) {
    for (const port of ports)
      for (const cluster of clusters) inject[`${port}>${cluster}`] = [0.1 + generator.unit() / 2, 600];
    for (let number = 0; number < 14; number += 1) {
      const carrier = pick(generator, ['AA', 'BB']);
      const std = Math.round(400 + generator.unit() * 4600);
      const port = { port: pick(generator, ports), lane, mins: 900, rate: 2.5 + generator.unit() * 2 };
      const cap = 500 * (1 + Math.floor(generator.unit() * 3));
      flights.push({ id: `${carrier}${lane}${number}/d`, carrier, kind: 'C', std, cutoff: 300, cap, ports: [port] });
    }
    for (let number = 0; number < 18; number += 1) {
      const id = `${lane}${number}`;
      const scheduled = 300 + Math.round(generator.unit() * 2500);
      const inbound = generator.unit() < 0.3 ? `${pick(generator, ['AA', 'BB'])}9${lane}${number}/d` : undefined;
      const due = scheduled + 60 * pick(generator, [46, 60, 80]);
      const kg = 100 + 50 * Math.floor(generator.unit() * 9);
      shipments.push({
        id,
        lane,
        kg,
        cluster: pick(generator, clusters),
        ...(inbound && { inbound }),
        ready: scheduled,
        due,
      });
      const news = inbound === undefined ? [] : inboundOf(generator, inbound, scheduled);
      ready.set(id, news.at(-1)?.v ?? scheduled);
      events.push(...news);
    }
  }
  for (const flight of flights) events.push(...eventsOf(generator, flight));
  events.sort((a, b) => a.t - b.t);
  return { scenario: { id: `practice-${seed}`, params, inject, flights, shipments, horizon_min: 7200 }, events, ready };
};

interface Flying extends LiveFlight {
  etd: number;
  state: 'open' | 'closed' | 'cancelled' | 'gone';
  on: Carried[];
}

interface Carried extends LiveShipment {
  available: number;
  booked: Flying | undefined;
  tendered: Flying | undefined;
  usd: number | undefined;
  late: boolean;
  fees: number;
}

/** The rules of the protocol, played out. Written from their text, so that a policy is not judged by its own reading. */
export class Simulation {
  readonly #practice: Practice;
  readonly #flights: Map<string, Flying>;
  readonly #shipments: Map<string, Carried>;
  readonly #refused: string[] = [];
  #moves = 0;
  #now = 0;

  constructor(practice: Practice) {
    this.#practice = practice;
    const { flights, shipments } = practice.scenario;
    this.#flights = new Map(flights.map((one) => [one.id, { ...one, etd: one.std, state: 'open', on: [] }]));
    this.#shipments = new Map(
      shipments.map((one) => [
        one.id,
        { ...one, available: one.ready, booked: undefined, tendered: undefined, usd: undefined, late: false, fees: 0 },
      ]),
    );
  }

  run(policy: Policy): Outcome {
    this.#obey(policy({ type: 'init' }));
    const waiting = [...this.#practice.events];
    for (;;) {
      const next = this.#nextToClose();
      const [event] = waiting;
      if (!event && !next) break;
      const message: UpdateMessage = { type: 'update', t: 0, events: [], closed: [], returned: [] };
      if (event && event.t <= (next?.at ?? Number.POSITIVE_INFINITY)) {
        waiting.shift();
        this.#now = Math.max(this.#now, event.t);
        this.#happen(event, message);
      } else if (next) {
        this.#now = Math.max(this.#now, next.at);
        this.#close(next.flight, message);
      }
      message.t = this.#now;
      this.#obey(policy(message));
    }
    return this.#outcome();
  }

  #nextToClose(): { at: number; flight: Flying } | undefined {
    const open = [...this.#flights.values()].filter(({ state }) => state === 'open');
    const timed = open.map((flight) => ({ at: Math.max(flight.etd, flight.std) - flight.cutoff, flight }));
    return timed.sort((a, b) => a.at - b.at)[0];
  }

  #happen(event: LiveEvent, message: UpdateMessage): void {
    message.events.push(event);
    const flight = this.#flights.get(event.f);
    if (!flight) return;
    if (event.type === 'ETD') flight.etd = Math.max(flight.etd, event.v ?? 0);
    if (event.type === 'CNX') {
      flight.state = 'cancelled';
      for (const one of flight.on) {
        one.tendered = undefined;
        one.available = this.#now + params.return_after_cancel_min;
        message.returned.push(one.id);
      }
      for (const one of this.#shipments.values()) if (one.booked === flight) one.booked = undefined;
      flight.on = [];
    }
    if (event.type === 'DEP') {
      flight.state = 'gone';
      for (const one of flight.on) this.#deliver(one, flight, event.t);
    }
  }

  #deliver(one: Carried, flight: Flying, departure: number): void {
    const ports = flight.ports.filter(({ lane }) => lane === one.lane);
    const ways = ports.map(({ port, mins, rate }) => {
      const road = this.#practice.scenario.inject[`${port}>${one.cluster}`];
      if (!road) throw new Error(`no road from ${port} to ${one.cluster}`);
      const [usd, minutes] = road;
      const late = Math.max(0, departure + mins + params.customs_min + minutes - one.due);
      const lateness = late > 0 ? params.late_fee_usd_kg + (params.late_usd_kg_day * late) / 1440 : 0;
      return { usd: rate + usd + lateness, late: late > 0 };
    });
    const [cheapest] = ways.sort((a, b) => a.usd - b.usd);
    if (cheapest) Object.assign(one, cheapest);
  }

  #close(flight: Flying, message: UpdateMessage): void {
    flight.state = 'closed';
    const rejected: string[] = [];
    let room = flight.cap;
    const booked = [...this.#shipments.values()].filter((one) => one.booked === flight).sort((a, b) => a.due - b.due);
    for (const one of booked) {
      one.booked = undefined;
      const there = Math.max(this.#practice.ready.get(one.id) ?? 0, one.available) <= this.#now;
      if (there && one.kg <= room) {
        room -= one.kg;
        one.tendered = flight;
        flight.on.push(one);
      } else rejected.push(one.id);
    }
    if (booked.length > 0) message.closed.push({ f: flight.id, tendered: flight.on.map(({ id }) => id), rejected });
  }

  #obey({ assign, offload }: LiveReply): void {
    for (const id of offload) {
      const one = this.#shipments.get(id);
      const flight = one?.tendered;
      if (!one || !flight || flight.state !== 'closed') {
        this.#refused.push(`offload ${id}`);
        continue;
      }
      flight.on = flight.on.filter((other) => other !== one);
      one.tendered = undefined;
      one.available = this.#now + params.offload_min;
      one.fees += params.offload_usd_kg * one.kg;
    }
    for (const [id, name] of Object.entries(assign)) this.#assign(id, name);
  }

  #assign(id: string, name: string | null): void {
    const one = this.#shipments.get(id);
    const flight = name === null ? undefined : this.#flights.get(name);
    const isOpen = name === null || (flight?.state === 'open' && flight.ports.some(({ lane }) => lane === one?.lane));
    if (!one || one.usd !== undefined || one.tendered || !isOpen) {
      this.#refused.push(`assign ${id} to ${name}`);
      return;
    }
    if (one.booked && flight && one.booked !== flight) {
      this.#moves += 1;
      one.fees += params.rebook_usd_kg * one.kg;
    }
    one.booked = flight;
  }

  #outcome(): Outcome {
    const all = [...this.#shipments.values()];
    const sum = (of: (one: Carried) => number) => all.reduce((total, one) => total + of(one), 0);
    return {
      usd: sum((one) => one.fees + one.kg * (one.usd ?? params.undelivered_usd_kg)),
      onTimeKg: sum((one) => (one.usd !== undefined && !one.late ? one.kg : 0)),
      undeliveredKg: sum((one) => (one.usd === undefined ? one.kg : 0)),
      kg: sum(({ kg }) => kg),
      refused: this.#refused,
      moves: this.#moves,
    };
  }
}
