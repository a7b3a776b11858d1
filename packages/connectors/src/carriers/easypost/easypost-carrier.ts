import { type Fault, fail, formatMinor, isCurrency, ok, parseMinor, type Result } from '@crossparcel/units';
import { Buyer, type BuyingSteps, type Committed } from '../buyer.ts';
import { Caller, CallFailed, type CallSettings, ClientCaller, kindOfStatus, retryAfterOf } from '../caller.ts';
import type {
  Bought,
  BuyOrder,
  Carrier,
  Manifest,
  Purchase,
  Quote,
  Rates,
  Track,
  TrackEvent,
  Voided,
} from '../carrier.ts';
import { type CustomsSigner, customsNeeded } from '../customs.ts';
import { fetchLabel } from '../download.ts';
import { callFault, failedVoid, unknownService, voidRefused } from '../faults.ts';
import type { CarrierSetting } from '../setting.ts';
import { type CarrierAddress, inchesOf, ouncesOf, type Shipment, type ShippedGoods } from '../shipment.ts';
import { oldestFirst, placeOfZip, readTime, stateOf } from '../tracking.ts';
import {
  type ShipmentAnswer,
  scanFormAnswer,
  shipmentAnswer,
  type TrackerAnswer,
  trackerAnswer,
  trackersAnswer,
} from './answers.ts';
import { easypostMilestone } from './milestones.ts';

const ID = 'easypost';
const ADDRESS = 'https://api.easypost.com/v2/';

/** An account with EasyPost. */
export interface EasyPostAccount {
  readonly apiKey: string;
  readonly customs?: CustomsSigner;
  /** Another address of the interface, with a slash at its end. */
  readonly address?: string;
}

/** The calls of the client that are used. Its own types (8.9.0) describe no default export, which is what it has. */
interface Client {
  readonly Shipment: {
    create(parameters: object): Promise<unknown>;
    retrieve(id: string): Promise<unknown>;
    buy(id: string, rate: string): Promise<unknown>;
    refund(id: string): Promise<unknown>;
  };
  readonly Tracker: { all(parameters: object): Promise<unknown>; create(parameters: object): Promise<unknown> };
  readonly ScanForm: { create(parameters: object): Promise<unknown> };
  addResponseHook(hook: (response: SeenResponse) => void): void;
}

interface SeenResponse {
  readonly httpStatus: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly responseBody: unknown;
}

type ClientClass = new (key: string, options: object) => Client;

/** Labels, tracks and manifests by way of EasyPost (API v2), on its own Node client. A service is `carrier/service`. */
export class EasyPostCarrier implements Carrier {
  readonly id = ID;
  readonly abilities = ['rate', 'buy', 'void', 'track', 'manifest'] as const;
  readonly #account: EasyPostAccount;
  readonly #settings: CallSettings;
  readonly #caller: Caller;
  readonly #client: ClientCaller<Client>;
  readonly #buyer: Buyer;

  constructor(account: EasyPostAccount, setting: CarrierSetting) {
    this.#account = account;
    this.#settings = setting.calls;
    this.#caller = new Caller(ID, setting.calls, [account.apiKey]);
    this.#client = new ClientCaller(this.#caller, (make) => this.#ask(make));
    this.#buyer = new Buyer(this.#steps(), setting);
  }

  async rate(shipment: Shipment): Promise<Result<Rates, Fault>> {
    const made = await this.#shipment(shipment, shipment.id);
    return made.ok ? ok(ratesOf(made.value)) : made;
  }

  buy(order: BuyOrder): Promise<Result<Bought, Fault>> {
    return this.#buyer.buy(order);
  }

  void(purchase: Purchase): Promise<Result<Voided, Fault>> {
    return this.#buyer.void(purchase);
  }

  async track(number: string, via?: string): Promise<Result<Track, Fault>> {
    const asked = { tracking_code: number, ...(via !== undefined && { carrier: via }) };
    // Creating a tracker may be charged, so one that is there is taken.
    const known = await this.#client.call('trackers', trackersAnswer, true, (client) => client.Tracker.all(asked));
    if (!known.ok) return known;
    const [tracker] = known.value.trackers;
    if (tracker) return ok(trackOf(tracker));
    const made = await this.#client.call('new tracker', trackerAnswer, true, (client) => client.Tracker.create(asked));
    return made.ok ? ok(trackOf(made.value)) : made;
  }

  async manifest(purchases: readonly Purchase[]): Promise<Result<Manifest, Fault>> {
    const shipments = purchases.map(({ id }) => ({ id }));
    const made = await this.#client.call('scan form', scanFormAnswer, false, (client) =>
      client.ScanForm.create({ shipments }),
    );
    if (!made.ok) return made;
    const { id, status, tracking_codes, form_url, message } = made.value;
    if (status === 'failed') return fail(refused('scan form', message ?? status));
    const url = form_url ? { url: form_url } : {};
    return ok({ id, numbers: tracking_codes, state: status === 'created' ? 'ready' : 'pending', ...url });
  }

  #steps(): BuyingSteps {
    return {
      carrier: ID,
      prepare: (order) => this.#prepare(order),
      // The shipment is written down before it is bought, and EasyPost sells no second label for a shipment.
      commit: async ({ key }, handle) => {
        const [id = '', rate = ''] = handle.split(' ');
        const call = (client: Client) => client.Shipment.buy(id, rate);
        const bought = await this.#client.call('buy', shipmentAnswer, false, call);
        if (!bought.ok) return bought;
        const committed = committedOf(key, bought.value);
        return committed ? ok(committed) : fail(unread('buy'));
      },
      find: async ({ key }, handle) => {
        const [id = ''] = handle.split(' ');
        const found = await this.#client.call('shipment', shipmentAnswer, true, (client) =>
          client.Shipment.retrieve(id),
        );
        return found.ok ? ok(committedOf(key, found.value)) : found;
      },
      label: ({ labelUrl = '' }) =>
        this.#caller.do('label', true, () => fetchLabel(labelUrl, this.#address, this.#settings.timeLimitMs)),
      void: async ({ id, number }) => {
        const given = await this.#client.call('refund', shipmentAnswer, false, (client) => client.Shipment.refund(id));
        if (!given.ok) return fail(failedVoid(ID, number, given.error));
        const said = given.value.refund_status ?? '';
        if (said === 'refunded') return ok({ outcome: 'voided', said });
        return said === 'submitted' ? ok({ outcome: 'requested', said }) : fail(voidRefused(ID, number, said));
      },
    };
  }

  async #prepare({ key, shipment, service }: BuyOrder): Promise<Result<string, Fault>> {
    const made = await this.#shipment(shipment, key);
    if (!made.ok) return made;
    const rate = made.value.rates.find((one) => serviceOf(one) === service);
    return rate
      ? ok(`${made.value.id} ${rate.id}`)
      : fail(unknownService(ID, service, made.value.rates.map(serviceOf)));
  }

  /** Shipments cost nothing until they are bought, so that the call may be repeated. */
  async #shipment(shipment: Shipment, reference: string): Promise<Result<ShipmentAnswer, Fault>> {
    const customs = customsNeeded(ID, shipment, this.#account.customs);
    if (!customs.ok) return customs;
    const parameters = {
      reference,
      from_address: addressOf(shipment.from),
      to_address: addressOf(shipment.to),
      parcel: { ...inchesOf(shipment.outer), weight: ouncesOf(shipment.grossGrams) },
      options: { label_format: 'PDF' },
      ...(customs.value && customsInfo(customs.value)),
    };
    return this.#client.call('rates', shipmentAnswer, true, (client) => client.Shipment.create(parameters));
  }

  get #address(): string {
    return this.#account.address ?? ADDRESS;
  }

  /**
   * One call by the client. Its own time limit reaches no request (8.9.0), so one is set on each; what it says of an error
   * leaves out headers, so they are taken from its hook.
   */
  async #ask(make: (client: Client) => Promise<unknown>): Promise<unknown> {
    const { default: imported } = await import('@easypost/api');
    const EasyPost = imported as unknown as ClientClass;
    const { timeLimitMs } = this.#settings;
    let seen: SeenResponse | undefined;
    const client = new EasyPost(this.#account.apiKey, {
      baseUrl: this.#address,
      requestMiddleware: (request: { timeout(limit: object): unknown }) =>
        request.timeout({ response: timeLimitMs, deadline: timeLimitMs }),
    });
    client.addResponseHook((response) => {
      seen = response;
    });
    try {
      return await make(client);
    } catch (error) {
      if (!seen || seen.httpStatus < 400) throw error;
      throw new CallFailed({
        kind: kindOfStatus(seen.httpStatus),
        status: seen.httpStatus,
        ...wordsOf(seen.responseBody),
        ...retryAfterOf(seen.headers['retry-after']),
      });
    }
  }
}

/** The code and words of an error; `errors` are texts, or objects that name a field. */
const wordsOf = (body: unknown): { code?: string; said?: string } => {
  const { error } = (body ?? {}) as { error?: { code?: string; message?: unknown; errors?: unknown[] } };
  if (typeof error !== 'object' || error === null) return {};
  const details = (error.errors ?? []).map((one) => {
    const { field, message } = (typeof one === 'object' && one !== null ? one : { message: one }) as Record<
      string,
      unknown
    >;
    return [field, message].filter((part) => part !== undefined && part !== null).join(': ');
  });
  const message = typeof error.message === 'string' ? error.message : JSON.stringify(error.message ?? '');
  return { ...(error.code && { code: error.code }), said: [message, ...details].join('; ') };
};

const refused = (call: string, said: string): Fault => callFault(ID, call, { kind: 'refused', said }, []);

const unread = (call: string): Fault => callFault(ID, call, { kind: 'answer', said: 'no number, rate or label' }, []);

const serviceOf = ({ carrier, service }: { carrier: string; service: string }): string => `${carrier}/${service}`;

const quotesOf = (rates: ShipmentAnswer['rates']): Quote[] =>
  rates.flatMap((rate): Quote[] => {
    const minor = isCurrency(rate.currency) ? parseMinor(rate.rate, rate.currency) : undefined;
    if (minor === undefined) return [];
    const days = rate.delivery_days ?? rate.est_delivery_days;
    return [
      {
        service: serviceOf(rate),
        via: rate.carrier,
        cost: { minor, currency: rate.currency },
        ...(days !== null && days !== undefined && { transitDays: days }),
        notes: [],
      },
    ];
  });

const ratesOf = ({ rates, messages }: ShipmentAnswer): Rates => {
  const quotes = quotesOf(rates);
  const unreadable = rates.filter((rate) => !quotes.some(({ service }) => service === serviceOf(rate)));
  return {
    quotes: quotes.sort((a, b) => a.cost.minor - b.cost.minor),
    refused: [
      ...(messages ?? []).map(({ carrier, message }) => ({
        service: carrier ?? '',
        text: typeof message === 'string' ? message : JSON.stringify(message),
      })),
      ...unreadable.map((rate) => ({
        service: serviceOf(rate),
        text: `the price ${rate.rate} ${rate.currency} is none`,
      })),
    ],
  };
};

/** The purchase that a shipment holds, or undefined when it was not bought. */
const committedOf = (key: string, answer: ShipmentAnswer): Committed | undefined => {
  const { id, selected_rate: rate, tracking_code: number, postage_label: label } = answer;
  const labelUrl = label?.label_pdf_url ?? label?.label_url;
  if (!rate || !number || !labelUrl) return undefined;
  const [quote] = quotesOf([rate]);
  if (!quote) return undefined;
  return {
    purchase: { key, carrier: ID, id, service: quote.service, via: rate.carrier, number, cost: quote.cost, labelUrl },
  };
};

const addressOf = ({ name, company, lines, city, subdivision, postcode, country, phone, email }: CarrierAddress) => {
  const [street1, ...rest] = lines;
  return {
    name,
    company,
    street1,
    street2: rest.join(', ') || undefined,
    city,
    state: subdivision,
    zip: postcode,
    country,
    phone,
    email,
  };
};

/** EasyPost takes value and mass of a line in all, the value in major units. */
const customsInfo = ({ signer, eelPfc, goods }: CustomsSigner & { readonly goods: readonly ShippedGoods[] }) => ({
  customs_info: {
    customs_certify: true,
    customs_signer: signer,
    contents_type: 'merchandise',
    restriction_type: 'none',
    eel_pfc: eelPfc,
    customs_items: goods.map(({ description, quantity, netGrams, value, hs, origin }) => ({
      description,
      quantity,
      weight: ouncesOf(netGrams),
      value: Number(formatMinor(value.minor, value.currency)),
      currency: value.currency,
      hs_tariff_number: hs,
      origin_country: origin,
    })),
  },
});

const trackOf = ({ tracking_code: number, carrier, status, tracking_details }: TrackerAnswer): Track => {
  const events = oldestFirst((tracking_details ?? []).map(eventOf));
  return { number, ...(carrier && { via: carrier }), state: stateOf(events), status, events };
};

const eventOf = (detail: NonNullable<TrackerAnswer['tracking_details']>[number]): TrackEvent => {
  const { status, status_detail, datetime, message, tracking_location: where } = detail;
  return {
    ...readTime(datetime),
    milestone: easypostMilestone(status ?? '', status_detail ?? ''),
    status: [status, status_detail].filter((part) => part).join('/'),
    ...(message && { text: message }),
    ...placeOfZip(where),
  };
};
