import {
  type Fault,
  fail,
  formatInstant,
  formatMinor,
  isCurrency,
  ok,
  parseMinor,
  type Result,
} from '@crossparcel/units';
import type { Shippo } from 'shippo';
import * as z from 'zod';
import { Buyer, type BuyingSteps, type Committed } from '../buyer.ts';
import { Caller, CallFailed, ClientCaller, kindOfStatus, retryAfterOf } from '../caller.ts';
import type {
  Bought,
  BuyOrder,
  Carrier,
  Handover,
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
import { callFault, failedVoid, unknownNumber, unknownService, voidRefused } from '../faults.ts';
import type { CarrierSetting } from '../setting.ts';
import type { CarrierAddress, Shipment } from '../shipment.ts';
import { oldestFirst, placeOfZip, readTime, stateOf } from '../tracking.ts';
import {
  manifestAnswer,
  refundAnswer,
  type ShippoRate,
  shipmentAnswer,
  type TrackAnswer,
  type TransactionAnswer,
  trackAnswer,
  transactionAnswer,
  transactionsAnswer,
} from './answers.ts';
import { shippoMilestone } from './milestones.ts';

const ID = 'shippo';
const ADDRESS = 'https://api.goshippo.com';

/** An account with Shippo. */
export interface ShippoAccount {
  readonly apiToken: string;
  readonly customs?: CustomsSigner;
  /** Another address of the interface, without a slash at its end. */
  readonly address?: string;
}

/** What a purchase is found by again: the rate, and what a transaction does not repeat of it. */
const handleSchema = z.object({
  rate: z.string(),
  via: z.string(),
  account: z.string(),
  minor: z.int(),
  currency: z.string(),
});

/** Labels, tracks and manifests by way of Shippo, on its own client. A service is the token of a service level. */
export class ShippoCarrier implements Carrier {
  readonly id = ID;
  readonly abilities = ['rate', 'buy', 'void', 'track', 'manifest'] as const;
  readonly #account: ShippoAccount;
  readonly #setting: CarrierSetting;
  readonly #caller: Caller;
  readonly #client: ClientCaller<Shippo>;
  readonly #buyer: Buyer;

  constructor(account: ShippoAccount, setting: CarrierSetting) {
    this.#account = account;
    this.#setting = setting;
    this.#caller = new Caller(ID, setting.calls, [account.apiToken]);
    this.#client = new ClientCaller(this.#caller, (make) => this.#ask(make));
    this.#buyer = new Buyer(this.#steps(), setting);
  }

  async rate(shipment: Shipment): Promise<Result<Rates, Fault>> {
    const made = await this.#shipment(shipment, shipment.id);
    if (!made.ok) return made;
    const { rates, messages } = made.value;
    const quotes = rates.flatMap(quoteOf).sort((a, b) => a.cost.minor - b.cost.minor);
    return ok({
      quotes,
      refused: (messages ?? []).map(({ source, text }) => ({ service: source ?? '', text: text ?? '' })),
    });
  }

  buy(order: BuyOrder): Promise<Result<Bought, Fault>> {
    return this.#buyer.buy(order);
  }

  void(purchase: Purchase): Promise<Result<Voided, Fault>> {
    return this.#buyer.void(purchase);
  }

  async track(number: string, via?: string): Promise<Result<Track, Fault>> {
    if (via === undefined) {
      const what = `${ID} asks which carrier a number is of`;
      return fail({
        code: 'missing-via',
        field: 'via',
        what,
        mend: "give the carrier in Shippo's code, for example usps",
      });
    }
    const found = await this.#client.call('track', trackAnswer, true, (sdk) => sdk.trackingStatus.get(number, via));
    if (found.ok) return ok(trackOf(found.value));
    return found.error.code === 'carrier-unknown' ? fail(unknownNumber(ID, number)) : found;
  }

  async manifest(purchases: readonly Purchase[], { from, at }: Handover): Promise<Result<Manifest, Fault>> {
    const accounts = new Set(purchases.map(({ account }) => account));
    const [carrierAccount] = accounts;
    if (accounts.size !== 1 || carrierAccount === undefined) {
      const what = 'a manifest is of one account with one carrier';
      return fail({ code: 'mixed-manifest', field: 'purchases', what, mend: 'make one manifest for each account' });
    }
    const request = {
      carrierAccount,
      shipmentDate: formatInstant(at),
      transactions: purchases.map(({ id }) => id),
      addressFrom: addressOf(from),
      async: false,
    };
    const made = await this.#client.call('manifest', manifestAnswer, false, (sdk) => sdk.manifests.create(request));
    if (!made.ok) return made;
    const { object_id: id, status, documents, errors } = made.value;
    if (status === 'ERROR') return fail(refusal('manifest', JSON.stringify(errors ?? status)));
    const [url] = documents ?? [];
    const numbers = purchases.map(({ number }) => number);
    return ok({ id, numbers, state: status === 'SUCCESS' ? 'ready' : 'pending', ...(url !== undefined && { url }) });
  }

  #steps(): BuyingSteps {
    return {
      carrier: ID,
      prepare: (order) => this.#prepare(order),
      commit: (order, handle) => this.#commit(order, handle),
      find: (order, handle) => this.#find(order, handle),
      label: ({ labelUrl = '' }) =>
        this.#caller.do('label', true, () => fetchLabel(labelUrl, this.#address, this.#setting.calls.timeLimitMs)),
      void: async ({ id, number }) => {
        const request = { transaction: id, async: false };
        const given = await this.#client.call('refund', refundAnswer, false, (sdk) => sdk.refunds.create(request));
        if (!given.ok) return fail(failedVoid(ID, number, given.error));
        const said = given.value.status;
        if (said === 'SUCCESS') return ok({ outcome: 'voided', said });
        return said === 'ERROR' ? fail(voidRefused(ID, number, said)) : ok({ outcome: 'requested', said });
      },
    };
  }

  async #prepare({ key, shipment, service }: BuyOrder): Promise<Result<string, Fault>> {
    const made = await this.#shipment(shipment, key);
    if (!made.ok) return made;
    const { rates } = made.value;
    const rate = rates.find((one) => serviceOf(one) === service);
    const [quote] = rate ? quoteOf(rate) : [];
    if (!rate || !quote) return fail(unknownService(ID, service, rates.map(serviceOf)));
    const { provider: via, carrier_account: account } = rate;
    return ok(JSON.stringify({ rate: rate.object_id, via, account, ...quote.cost }));
  }

  async #commit({ key, service }: BuyOrder, handle: string): Promise<Result<Committed, Fault>> {
    const { rate } = handleSchema.parse(JSON.parse(handle));
    const request = { rate, async: false, labelFileType: 'PDF_4x6', metadata: key.slice(0, 100) } as const;
    const made = await this.#client.call('transaction', transactionAnswer, false, (sdk) =>
      sdk.transactions.create(request),
    );
    if (!made.ok) return made;
    const committed = committedOf(key, service, handle, made.value);
    if (committed) return ok(committed);
    return fail(made.value.status === 'ERROR' ? refusal('transaction', wordsOf(made.value)) : pending(made.value));
  }

  /** Transactions can be listed by the rate that they bought. One that is still being worked on may yet cost money. */
  async #find({ key, service }: BuyOrder, handle: string): Promise<Result<Committed | undefined, Fault>> {
    const { rate } = handleSchema.parse(JSON.parse(handle));
    const listed = await this.#client.call('transactions', transactionsAnswer, true, (sdk) =>
      sdk.transactions.list({ rate }),
    );
    if (!listed.ok) return listed;
    for (const transaction of listed.value.results) {
      const committed = committedOf(key, service, handle, transaction);
      if (committed) return ok(committed);
    }
    const open = listed.value.results.find(({ status }) => status === 'QUEUED' || status === 'WAITING');
    return open ? fail(pending(open)) : ok(undefined);
  }

  /** Shipments cost nothing until a rate is bought, so that the call may be repeated. */
  async #shipment(shipment: Shipment, metadata: string) {
    const customs = customsNeeded(ID, shipment, this.#account.customs);
    if (!customs.ok) return customs;
    const { lengthMm, widthMm, heightMm } = shipment.outer;
    const request = {
      addressFrom: addressOf(shipment.from),
      addressTo: addressOf(shipment.to),
      parcels: [
        {
          distanceUnit: 'mm' as const,
          length: String(lengthMm),
          width: String(widthMm),
          height: String(heightMm),
          massUnit: 'g' as const,
          weight: String(shipment.grossGrams),
        },
      ],
      shipmentDate: formatInstant(shipment.at),
      metadata: metadata.slice(0, 100),
      async: false,
      ...(customs.value && {
        customsDeclaration: {
          certify: true,
          certifySigner: customs.value.signer,
          contentsType: 'MERCHANDISE' as const,
          nonDeliveryOption: 'RETURN' as const,
          eelPfc: customs.value.eelPfc as never,
          items: customs.value.goods.map(({ description, quantity, netGrams, value, hs, origin }) => ({
            description,
            quantity,
            netWeight: String(netGrams),
            massUnit: 'g' as const,
            valueAmount: formatMinor(value.minor, value.currency),
            valueCurrency: value.currency,
            originCountry: origin,
            ...(hs !== undefined && { tariffNumber: hs }),
          })),
        },
      }),
    };
    return this.#client.call('rates', shipmentAnswer, true, (sdk) => sdk.shipments.create(request));
  }

  get #address(): string {
    return this.#account.address ?? ADDRESS;
  }

  /**
   * One call by the SDK. It refuses a whole answer for one member that is new to it (2.18.0), such as a status, so the answer
   * is read from the response itself.
   */
  async #ask(make: (sdk: Shippo) => Promise<unknown>): Promise<unknown> {
    const { Shippo: Sdk } = await import('shippo');
    const { HTTPClient } = await import('shippo/lib/http.js');
    let seen: Response | undefined;
    const httpClient = new HTTPClient();
    httpClient.addHook('response', (response) => {
      seen = response.clone();
    });
    const sdk = new Sdk({
      apiKeyHeader: `ShippoToken ${this.#account.apiToken}`,
      serverURL: this.#address,
      timeoutMs: this.#setting.calls.timeLimitMs,
      retryConfig: { strategy: 'none' },
      httpClient,
    });
    try {
      await make(sdk);
    } catch (error) {
      if (!seen) throw unsent(error);
    }
    if (!seen) throw new CallFailed({ kind: 'answer', said: 'there is none' });
    const text = await seen.text();
    if (seen.ok) return JSON.parse(text);
    const retry = retryAfterOf(seen.headers.get('retry-after'));
    throw new CallFailed({ kind: kindOfStatus(seen.status), status: seen.status, said: text, ...retry });
  }
}

/** Why a call was not sent: the SDK holds requests against Shippo's schemas, and says so in an error of its own. */
const unsent = (error: unknown): unknown => {
  const { name, message, pretty } = error as { name?: string; message: string; pretty?: () => string };
  if (name !== 'SDKValidationError') return error;
  return new CallFailed({ kind: 'refused', said: pretty?.call(error) ?? message });
};

const refusal = (call: string, said: string): Fault => callFault(ID, call, { kind: 'refused', said }, []);

const pending = ({ status, object_id: id }: TransactionAnswer): Fault =>
  callFault(ID, 'transaction', { kind: 'failed', said: `${id} is ${status}` }, []);

const wordsOf = ({ messages }: TransactionAnswer): string => (messages ?? []).map(({ text }) => text).join('; ');

const serviceOf = ({ servicelevel: { token, name }, provider }: ShippoRate): string => token ?? `${provider} ${name}`;

const quoteOf = (rate: ShippoRate): Quote[] => {
  const { amount, currency, provider: via, estimated_days: days } = rate;
  const minor = isCurrency(currency) ? parseMinor(amount, currency) : undefined;
  if (minor === undefined) return [];
  const transit = typeof days === 'number' ? { transitDays: days } : {};
  return [{ service: serviceOf(rate), via, cost: { minor, currency }, ...transit, notes: [] }];
};

/** The purchase that a transaction is, or undefined when it is none (any more). */
const committedOf = (
  key: string,
  service: string,
  handle: string,
  answer: TransactionAnswer,
): Committed | undefined => {
  const { object_id: id, status, tracking_number: number, label_url: labelUrl } = answer;
  if (status !== 'SUCCESS' || !number || !labelUrl) return undefined;
  const { via, account, minor, currency } = handleSchema.parse(JSON.parse(handle));
  return { purchase: { key, carrier: ID, id, service, via, number, cost: { minor, currency }, account, labelUrl } };
};

const addressOf = ({ name, company, lines, city, subdivision, postcode, country, phone, email }: CarrierAddress) => ({
  name,
  street1: lines[0] ?? '',
  city,
  country,
  ...(company !== undefined && { company }),
  ...(lines[1] !== undefined && { street2: lines[1] }),
  ...(lines[2] !== undefined && { street3: lines[2] }),
  ...(subdivision !== undefined && { state: subdivision }),
  ...(postcode !== undefined && { zip: postcode }),
  ...(phone !== undefined && { phone }),
  ...(email !== undefined && { email }),
});

const trackOf = ({ tracking_number: number, carrier, tracking_status, tracking_history }: TrackAnswer): Track => {
  const events = oldestFirst((tracking_history ?? []).map(eventOf));
  return { number, via: carrier, state: stateOf(events), status: tracking_status?.status ?? '', events };
};

const eventOf = (event: NonNullable<TrackAnswer['tracking_history']>[number]): TrackEvent => {
  const { status, substatus, status_date, status_details, location } = event;
  return {
    ...readTime(status_date),
    milestone: shippoMilestone(status ?? '', substatus?.code ?? ''),
    status: [status, substatus?.code].filter((part) => part).join('/'),
    ...(status_details && { text: status_details }),
    ...placeOfZip(location),
  };
};
