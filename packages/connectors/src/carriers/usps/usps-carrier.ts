import { randomUUID } from 'node:crypto';
import { dayOfInstant, type Fault, fail, formatDay, ok, parseMinor, type Result } from '@crossparcel/units';
import { Buyer, type BuyingSteps, type Committed } from '../buyer.ts';
import { CallFailed } from '../caller.ts';
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
import { labelOf } from '../download.ts';
import { callFault, failedVoid, notOffered, unknownNumber, unknownService, voidRefused } from '../faults.ts';
import type { CarrierSetting } from '../setting.ts';
import { type CarrierAddress, inchesOf, isInternational, poundsOf, type Shipment } from '../shipment.ts';
import { oldestFirst, placeOf, readTime, stateOf } from '../tracking.ts';
import {
  cancelAnswer,
  type LabelAnswer,
  labelAnswer,
  ratesAnswer,
  scanFormAnswer,
  type TrackAnswer,
  trackAnswer,
} from './answers.ts';
import { uspsMilestone } from './milestones.ts';
import { type UspsAccount, UspsApi } from './usps-api.ts';

const ID = 'usps';
const JSON_LABELS = { accept: 'application/vnd.usps.labels+json' };
/** What USPS says when no label was made under a key. */
const NO_LABEL = '160412';

/** USPS on its APIs v3: commercial prices, labels within the country, tracks and SCAN forms. A service is a class of mail. */
export class UspsCarrier implements Carrier {
  readonly id = ID;
  readonly abilities: Carrier['abilities'];
  readonly #account: UspsAccount;
  readonly #api: UspsApi;
  readonly #buyer: Buyer;

  constructor(account: UspsAccount, setting: CarrierSetting) {
    this.#account = account;
    this.#api = new UspsApi(account, setting.calls, setting.now);
    this.#buyer = new Buyer(this.#steps(), setting);
    this.abilities = account.payer ? ['rate', 'buy', 'void', 'track', 'manifest'] : ['rate', 'track'];
  }

  async rate(shipment: Shipment): Promise<Result<Rates, Fault>> {
    if (isInternational(shipment)) return fail(abroad(shipment));
    const quotes: Quote[] = [];
    const refused: { service: string; text: string }[] = [];
    for (const mailClass of this.#account.mailClasses) {
      const quote = await this.#quote(shipment, mailClass);
      if (quote.ok) quotes.push(quote.value);
      else if (quote.error.code === 'carrier-refused') refused.push({ service: mailClass, text: quote.error.what });
      else return quote;
    }
    return ok({ quotes: quotes.sort((a, b) => a.cost.minor - b.cost.minor), refused });
  }

  async buy(order: BuyOrder): Promise<Result<Bought, Fault>> {
    return this.#account.payer ? this.#buyer.buy(order) : notOffered(ID, 'buy');
  }

  async void(purchase: Purchase): Promise<Result<Voided, Fault>> {
    return this.#account.payer ? this.#buyer.void(purchase) : notOffered(ID, 'void');
  }

  async track(number: string): Promise<Result<Track, Fault>> {
    const path = `/tracking/v3/tracking/${encodeURIComponent(number)}?expand=DETAIL`;
    const call = { name: 'tracking', schema: trackAnswer, isRepeatable: true, method: 'GET', path } as const;
    const found = await this.#api.call(call);
    if (found.ok) return ok(trackOf(found.value));
    return found.error.code === 'carrier-unknown' ? fail(unknownNumber(ID, number)) : found;
  }

  async manifest(purchases: readonly Purchase[], { from, at }: Handover): Promise<Result<Manifest, Fault>> {
    if (!this.#account.payer) return notOffered(ID, 'manifest');
    const { firstName, lastName, firm, ...address } = addressOf(from);
    const body = {
      form: '5630',
      imageType: 'PDF',
      labelType: '8.5x11LABEL',
      mailingDate: formatDay(dayOfInstant(at)),
      overwriteMailingDate: false,
      entryFacilityZIPCode: address.ZIPCode,
      destinationEntryFacilityType: 'NONE',
      shipment: { trackingNumbers: purchases.map(({ number }) => number) },
      fromAddress: { firstName, lastName, ...(firm !== undefined && { firm }), address },
    };
    const call = {
      name: 'scan form',
      isRepeatable: false,
      method: 'POST',
      path: '/scan-forms/v3/scan-form',
      body,
    } as const;
    const made = await this.#api.call({ ...call, schema: scanFormAnswer });
    if (!made.ok) return made;
    return ok({ id: made.value.manifestNumber, numbers: made.value.trackingNumbers, state: 'ready' });
  }

  #steps(): BuyingSteps {
    return {
      carrier: ID,
      // The key under which USPS knows the label again is written down before the label is asked for.
      prepare: async ({ shipment, service }) => {
        if (isInternational(shipment)) return fail(abroad(shipment));
        const { mailClasses } = this.#account;
        return mailClasses.includes(service) ? ok(randomUUID()) : fail(unknownService(ID, service, mailClasses));
      },
      commit: async (order, handle) => {
        const body = labelRequest(order);
        return this.#label(order, handle, { name: 'label', path: '/labels/v3/label', body });
      },
      // USPS makes three reprints of a label, so that one is asked for only to find out what became of a purchase.
      find: async (order, handle) => {
        const body = { imageInfo: IMAGE };
        const found = await this.#label(order, handle, {
          name: 'label reprint',
          path: '/labels/v3/label-reprint',
          body,
        });
        return !found.ok && found.error.data?.carrierCode === NO_LABEL ? ok(undefined) : found;
      },
      label: async ({ number }) => fail(unknownNumber(ID, number)),
      void: async ({ number }) => {
        const payment = await this.#api.payment();
        if (!payment.ok) return payment;
        const path = `/labels/v3/label/${encodeURIComponent(number)}`;
        const call = { name: 'cancel', schema: cancelAnswer, isRepeatable: false, method: 'DELETE', path } as const;
        const given = await this.#api.call({ ...call, headers: payment.value });
        if (!given.ok) return fail(failedVoid(ID, number, given.error));
        const { status: said, disputeId } = given.value;
        if (said === 'CANCELED') return ok({ outcome: 'voided', said });
        return disputeId ? ok({ outcome: 'requested', said }) : fail(voidRefused(ID, number, said));
      },
    };
  }

  async #label(
    { key, service }: BuyOrder,
    handle: string,
    request: { readonly name: string; readonly path: string; readonly body: unknown },
  ): Promise<Result<Committed, Fault>> {
    const payment = await this.#api.payment();
    // Nothing was asked to be made, whatever became of the authorisation.
    if (!payment.ok) {
      const { code, data } = payment.error;
      return fail({ ...payment.error, code: 'payment-not-authorised', data: { ...data, cause: code } });
    }
    const headers = { ...payment.value, ...JSON_LABELS, 'X-Idempotency-Key': handle };
    const made = await this.#api.call({
      ...request,
      schema: labelAnswer,
      isRepeatable: false,
      method: 'POST',
      headers,
    });
    if (!made.ok) return made;
    return committedOf(key, service, handle, made.value);
  }

  async #quote(shipment: Shipment, mailClass: string): Promise<Result<Quote, Fault>> {
    const body = {
      originZIPCode: zipOf(shipment.from).ZIPCode,
      destinationZIPCode: zipOf(shipment.to).ZIPCode,
      weight: poundsOf(shipment.grossGrams),
      ...inchesOf(shipment.outer),
      mailClass,
      ...RATE_INGREDIENTS,
      priceType: 'COMMERCIAL',
      mailingDate: formatDay(dayOfInstant(shipment.at)),
    };
    const call = {
      name: 'base rates',
      isRepeatable: true,
      method: 'POST',
      path: '/prices/v3/base-rates/search',
      body,
    } as const;
    const found = await this.#api.call({ ...call, schema: ratesAnswer });
    if (!found.ok) return found;
    const { totalBasePrice, rates } = found.value;
    const minor = parseMinor(String(totalBasePrice), 'USD');
    if (minor === undefined)
      return fail(callFault(ID, 'base rates', { kind: 'answer', said: `${totalBasePrice}` }, []));
    const notes = rates.flatMap(({ description }) => (description ? [description] : []));
    return ok({ service: mailClass, via: 'USPS', cost: { minor, currency: 'USD' }, notes });
  }
}

const IMAGE = { imageType: 'PDF', labelType: '4X6LABEL', receiptOption: 'NONE', suppressPostage: false };
/** A single piece in the shipper's own box that machines can sort. */
const RATE_INGREDIENTS = {
  processingCategory: 'MACHINABLE',
  destinationEntryFacilityType: 'NONE',
  rateIndicator: 'SP',
};

const abroad = ({ from, to }: Shipment): Fault => ({
  code: 'lane-not-offered',
  field: 'to.country',
  what: `${ID} is asked for shipments within one country only, not from ${from.country} to ${to.country}`,
  mend: 'ask another carrier',
  data: { carrier: ID },
});

const labelRequest = ({ shipment, service }: BuyOrder) => ({
  imageInfo: IMAGE,
  toAddress: addressOf(shipment.to),
  fromAddress: addressOf(shipment.from),
  packageDescription: {
    mailClass: service,
    weightUOM: 'lb',
    weight: poundsOf(shipment.grossGrams),
    dimensionsUOM: 'in',
    ...inchesOf(shipment.outer),
    ...RATE_INGREDIENTS,
    mailingDate: formatDay(dayOfInstant(shipment.at)),
    customerReference: [{ referenceNumber: shipment.id.slice(0, 30) }],
  },
});

const committedOf = (key: string, service: string, id: string, answer: LabelAnswer): Result<Committed, Fault> => {
  const { trackingNumber: number, postage, labelImage } = answer;
  const minor = parseMinor(String(postage), 'USD');
  try {
    if (minor === undefined) throw new CallFailed({ kind: 'answer', said: `the postage is ${postage}` });
    const label = labelOf(new Uint8Array(Buffer.from(labelImage, 'base64')));
    const cost = { minor, currency: 'USD' };
    return ok({ purchase: { key, carrier: ID, id, service, via: 'USPS', number, cost }, label });
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    return fail(callFault(ID, 'label', error.failure, []));
  }
};

const zipOf = ({ postcode = '' }: CarrierAddress) => {
  const [ZIPCode = '', ZIPPlus4] = postcode.split('-');
  return { ZIPCode, ...(ZIPPlus4 !== undefined && { ZIPPlus4 }) };
};

/** USPS asks for first and last name; the last word is taken for the last name. */
const addressOf = (address: CarrierAddress) => {
  const words = address.name.split(' ');
  const [streetAddress = '', ...rest] = address.lines;
  return {
    firstName: words.slice(0, -1).join(' '),
    lastName: words.at(-1) ?? '',
    ...(address.company !== undefined && { firm: address.company }),
    streetAddress,
    secondaryAddress: rest.join(', '),
    city: address.city,
    state: address.subdivision ?? '',
    ...zipOf(address),
  };
};

const trackOf = ({ trackingNumber: number, status, statusCategory, trackingEvents }: TrackAnswer): Track => {
  const events = oldestFirst((trackingEvents ?? []).map(eventOf));
  return { number, via: 'USPS', state: stateOf(events), status: statusCategory ?? status ?? '', events };
};

/** `eventTimestamp` is the clock of the place although it ends in Z; only `GMTTimestamp` tells the offset. */
const eventOf = (event: NonNullable<TrackAnswer['trackingEvents']>[number]): TrackEvent => {
  const { eventType, eventCode, eventTimestamp, GMTTimestamp, eventCity, eventState, eventZIP, eventCountry } = event;
  const time = GMTTimestamp ? readTime(GMTTimestamp) : { ...readTime(eventTimestamp), hasOffset: false };
  return {
    ...time,
    milestone: uspsMilestone(eventCode ?? ''),
    status: eventCode ?? '',
    ...(eventType && { text: eventType }),
    ...placeOf({ city: eventCity, subdivision: eventState, postcode: eventZIP, country: eventCountry }),
  };
};
