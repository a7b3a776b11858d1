import type { LiveEvent, LiveFlight, LiveScenario, LiveShipment, UpdateMessage } from './protocol.ts';

/** A flight and what has been heard of it. */
export interface FlightState extends LiveFlight {
  readonly index: number;
  /** Latest announced departure, not before the scheduled one. */
  estimate: number;
  cancelled: boolean;
  /** Its cut-off has passed: nothing can be booked any more. */
  closed: boolean;
  departed: boolean;
  /** Kilograms tendered. */
  loadKg: number;
}

/** A shipment and where it stands. */
export interface ShipmentState extends LiveShipment {
  readonly index: number;
  /** Best known minute at which it can be tendered, were it not held up otherwise. */
  readyEstimate: number;
  /** The minute is a fact: no inbound flight, or one that has landed. */
  readyKnown: boolean;
  /** Not before this minute: as scheduled, or later when it came back from a flight. An early inbound gains nothing. */
  availableFrom: number;
  booked?: FlightState;
  tendered?: FlightState;
  gone: boolean;
}

/** The state of flights, shipments and bookings as the messages tell it, by the rules of the protocol. */
export class LiveState {
  readonly flights: readonly FlightState[];
  readonly shipments: readonly ShipmentState[];
  now = 0;
  readonly #flightById: ReadonlyMap<string, FlightState>;
  readonly #shipmentById: ReadonlyMap<string, ShipmentState>;
  readonly #byInbound = new Map<string, ShipmentState[]>();

  constructor({ flights, shipments }: LiveScenario) {
    this.flights = flights.map((flight, index) => ({
      ...flight,
      index,
      estimate: flight.std,
      cancelled: false,
      closed: false,
      departed: false,
      loadKg: 0,
    }));
    this.shipments = shipments.map((shipment, index) => ({
      ...shipment,
      index,
      readyEstimate: shipment.ready,
      readyKnown: shipment.inbound === undefined,
      availableFrom: shipment.ready,
      gone: false,
    }));
    this.#flightById = new Map(this.flights.map((flight) => [flight.id, flight]));
    this.#shipmentById = new Map(this.shipments.map((shipment) => [shipment.id, shipment]));
    for (const shipment of this.shipments) {
      if (shipment.inbound === undefined) continue;
      const others = this.#byInbound.get(shipment.inbound);
      if (others) others.push(shipment);
      else this.#byInbound.set(shipment.inbound, [shipment]);
    }
  }

  /** The last minute at which a flight takes bookings, as announced now. */
  static cutOff({ std, estimate, cutoff }: FlightState): number {
    return Math.max(std, estimate) - cutoff;
  }

  /** Whether a booking made now would be taken: at the minute of the cut-off itself it is too late. */
  isOpen(flight: FlightState): boolean {
    return !flight.cancelled && !flight.closed && LiveState.cutOff(flight) > this.now;
  }

  /** Whether a shipment can still be placed. One booked on a flight that closes this very minute is about to load. */
  isFree({ gone, tendered, booked }: ShipmentState): boolean {
    return !gone && !tendered && (booked === undefined || LiveState.cutOff(booked) > this.now);
  }

  /** Tendered goods of a flight that is announced late and has not left: taking them off may pay. */
  held(): readonly ShipmentState[] {
    return this.shipments.filter(({ gone, tendered }) => !gone && tendered && tendered.estimate > tendered.std);
  }

  /** Takes one message in: first cut-offs that passed unsaid, then events, then what was loaded and what came back. */
  receive({ t, events, closed, returned }: UpdateMessage, returnMinutes: number): void {
    this.now = t;
    // A cut-off at which nothing of ours was booked is not told. Those before this minute are past, and an estimate
    // that comes now does not open them again.
    for (const flight of this.flights) if (LiveState.cutOff(flight) < t) flight.closed = true;
    for (const event of events) this.#hear(event);
    for (const { f, tendered, rejected } of closed) this.#close(this.#flight(f), tendered, rejected);
    for (const id of returned) {
      const shipment = this.#shipment(id);
      delete shipment.tendered;
      delete shipment.booked;
      shipment.availableFrom = t + returnMinutes;
    }
  }

  #flight(id: string): FlightState {
    const flight = this.#flightById.get(id);
    if (!flight) throw new UnknownIdentifier('flight', id);
    return flight;
  }

  #shipment(id: string): ShipmentState {
    const shipment = this.#shipmentById.get(id);
    if (!shipment) throw new UnknownIdentifier('shipment', id);
    return shipment;
  }

  #hear({ type, f, v = 0 }: LiveEvent): void {
    switch (type) {
      case 'CNX':
        this.#cancel(this.#flight(f));
        break;
      case 'ETD':
        this.#delay(this.#flight(f), v);
        break;
      case 'DEP':
        this.#depart(this.#flight(f));
        break;
      case 'ETA':
        for (const shipment of this.#inboundOf(f)) shipment.readyEstimate = Math.max(shipment.readyEstimate, v);
        break;
      case 'ARR':
      case 'ICNX':
        for (const shipment of this.#inboundOf(f)) {
          shipment.readyEstimate = v;
          shipment.readyKnown = true;
        }
    }
  }

  #inboundOf(flight: string): readonly ShipmentState[] {
    return this.#byInbound.get(flight) ?? [];
  }

  #delay(flight: FlightState, estimate: number): void {
    flight.estimate = Math.max(flight.estimate, estimate);
  }

  #cancel(flight: FlightState): void {
    flight.cancelled = true;
    for (const shipment of this.shipments) if (shipment.booked === flight) delete shipment.booked;
  }

  #depart(flight: FlightState): void {
    flight.departed = true;
    flight.closed = true;
    for (const shipment of this.shipments) if (shipment.tendered === flight) shipment.gone = true;
  }

  #close(flight: FlightState, tendered: readonly string[], rejected: readonly string[]): void {
    flight.closed = true;
    flight.loadKg = 0;
    for (const id of tendered) {
      const shipment = this.#shipment(id);
      delete shipment.booked;
      shipment.tendered = flight;
      flight.loadKg += shipment.kg;
    }
    for (const id of rejected) delete this.#shipment(id).booked;
  }

  /** Takes a tendered shipment off its flight; it can be tendered again from a minute on. */
  offload(shipment: ShipmentState, availableFrom: number): void {
    if (shipment.tendered) shipment.tendered.loadKg -= shipment.kg;
    delete shipment.tendered;
    shipment.availableFrom = availableFrom;
  }

  /** Books, moves or (without a flight) frees a shipment. */
  book(shipment: ShipmentState, flight: FlightState | undefined): void {
    if (flight) shipment.booked = flight;
    else delete shipment.booked;
  }
}

/** A message named a flight or shipment that the scenario does not have. */
export class UnknownIdentifier extends Error {
  readonly what: string;
  readonly mend = 'name only what the first message listed';
  constructor(kind: 'flight' | 'shipment', id: string) {
    const what = `the scenario has no ${kind} "${id}"`;
    super(what);
    this.what = what;
  }
}
