import type { Milestone } from '@crossparcel/trace';
import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import * as z from 'zod';
import { Caller, CallFailed, type CallSettings, kindOfStatus, retryAfterOf } from '../caller.ts';
import type { Carrier, Track, TrackEvent } from '../carrier.ts';
import { notOffered, unknownNumber } from '../faults.ts';
import { oldestFirst, placeOf, readTime, stateOf } from '../tracking.ts';

const ID = 'aftership';

/** An account with AfterShip Tracking. */
export interface AfterShipAccount {
  readonly apiKey: string;
  /** Another address of the interface, without a slash at its end. */
  readonly address?: string;
}

/** What AfterShip's subtags mean (aftership.com/docs/tracking, delivery sub-statuses, API 2026-07). */
const BY_SUBTAG: Readonly<Record<string, Milestone>> = {
  InfoReceived_001: 'announced',
  InTransit_002: 'collected',
  InTransit_003: 'arrived',
  InTransit_004: 'arrived',
  InTransit_005: 'import-released',
  InTransit_006: 'import-presented',
  InTransit_007: 'departed',
  Exception_004: 'import-held',
  Exception_010: 'returning',
  Exception_011: 'returned',
  Exception_012: 'damaged',
  Exception_013: 'lost',
};

/** What its tags mean; `InTransit`, `Exception`, `Pending` and `Expired` name no milestone by themselves. */
const BY_TAG: Readonly<Record<string, Milestone>> = {
  InfoReceived: 'announced',
  OutForDelivery: 'out-for-delivery',
  AttemptFail: 'attempt-failed',
  Delivered: 'delivered',
  AvailableForPickup: 'at-pickup-point',
};

const trackingSchema = z.object({
  tracking_number: z.string(),
  slug: z.string().nullish(),
  tag: z.string().nullish(),
  checkpoints: z
    .array(
      z.object({
        checkpoint_time: z.string().nullish(),
        tag: z.string().nullish(),
        subtag: z.string().nullish(),
        message: z.string().nullish(),
        city: z.string().nullish(),
        state: z.string().nullish(),
        postal_code: z.string().nullish(),
        country_region: z.string().nullish(),
      }),
    )
    .nullish(),
});
type TrackingAnswer = z.infer<typeof trackingSchema>;

const listedSchema = z.object({ data: z.object({ trackings: z.array(trackingSchema).nullish() }) });
const createdSchema = z.object({ data: trackingSchema });

type Client = InstanceType<typeof import('@aftership/tracking-sdk')['AfterShip']>;

/** Tracks by way of AfterShip, on its own SDK (API 2026-07). It sells no labels. `via` is a courier's slug. */
export class AfterShipCarrier implements Carrier {
  readonly id = ID;
  readonly abilities = ['track'] as const;
  readonly #account: AfterShipAccount;
  readonly #settings: CallSettings;
  readonly #caller: Caller;

  constructor(account: AfterShipAccount, { calls }: { readonly calls: CallSettings }) {
    this.#account = account;
    this.#settings = calls;
    this.#caller = new Caller(ID, calls, [account.apiKey]);
  }

  rate = async () => notOffered(ID, 'rate');
  buy = async () => notOffered(ID, 'buy');
  void = async () => notOffered(ID, 'void');
  manifest = async () => notOffered(ID, 'manifest');

  /** A number that AfterShip was not told of is told to it, which counts against the account's quota, once. */
  async track(number: string, via?: string): Promise<Result<Track, Fault>> {
    const slug = via === undefined ? {} : { slug: via };
    const listed = await this.#caller.call({
      name: 'trackings',
      schema: listedSchema,
      isRepeatable: true,
      make: () => this.#ask(({ tracking }) => tracking.getTrackings({ tracking_numbers: number, ...slug })),
    });
    if (!listed.ok) return listed;
    const [known] = listed.value.data.trackings ?? [];
    if (known) return ok(trackOf(known));
    const created = await this.#caller.call({
      name: 'new tracking',
      schema: createdSchema,
      isRepeatable: false,
      make: () => this.#ask(({ tracking }) => tracking.createTracking({ tracking_number: number, ...slug })),
    });
    if (created.ok) return ok(trackOf(created.value.data));
    const isNumber =
      created.error.code === 'carrier-refused' && NUMBER_FAULTS.has(String(created.error.data?.carrierCode));
    return isNumber ? fail({ ...unknownNumber(ID, number), data: { ...created.error.data, number } }) : created;
  }

  /** One call by the SDK, without its own retries: ours are counted. */
  async #ask(make: (client: Client) => Promise<unknown>): Promise<unknown> {
    const { AfterShip, AuthType } = await import('@aftership/tracking-sdk');
    const client = new AfterShip({
      api_key: this.#account.apiKey,
      auth_type: AuthType.API_KEY,
      max_retry: 0,
      timeout: this.#settings.timeLimitMs,
      ...(this.#account.address !== undefined && { domain: this.#account.address }),
    });
    try {
      return await make(client);
    } catch (error) {
      const { status_code, meta_code, message, response_headers } = error as Record<string, unknown>;
      if (typeof status_code !== 'number') throw error;
      const headers = (response_headers ?? {}) as Record<string, string>;
      throw new CallFailed({
        kind: kindOfStatus(status_code),
        status: status_code,
        said: String(message),
        ...(meta_code !== null && meta_code !== undefined && { code: String(meta_code) }),
        ...retryAfterOf(headers['retry-after']),
      });
    }
  }
}

/** Codes by which AfterShip says that a number or its courier is wrong: 4005, 4012, 4017. */
const NUMBER_FAULTS: ReadonlySet<string> = new Set(['4005', '4012', '4017']);

const trackOf = ({ tracking_number: number, slug, tag, checkpoints }: TrackingAnswer): Track => {
  const events = oldestFirst((checkpoints ?? []).map(eventOf));
  return { number, ...(slug && { via: slug }), state: stateOf(events), status: tag ?? '', events };
};

const eventOf = (checkpoint: NonNullable<TrackingAnswer['checkpoints']>[number]): TrackEvent => {
  const { checkpoint_time, tag, subtag, message, city, state, postal_code, country_region } = checkpoint;
  return {
    ...readTime(checkpoint_time),
    milestone: BY_SUBTAG[subtag ?? ''] ?? BY_TAG[tag ?? ''] ?? 'other',
    status: [tag, subtag].filter((part) => part).join('/'),
    ...(message && { text: message }),
    ...placeOf({ city, subdivision: state, postcode: postal_code, country: country_region }),
  };
};
