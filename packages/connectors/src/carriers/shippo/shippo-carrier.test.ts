import * as shippoSchemas from 'shippo/models/components/index.js';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MemoryPurchaseStore } from '../purchase-store.ts';
import { ContractPlayer, contractsOf, schemaBreaches } from '../test/contract-player.ts';
import { type Clock, crossBorder, domestic, LEASE_MS, NOW, trialSetting } from '../test/trial.ts';
import { ShippoCarrier } from './shippo-carrier.ts';

const TOKEN = 'secret-token';
const NUMBER = '9400100000000000000001';
const order = { key: 'parcel-1', shipment: domestic, service: 'usps_ground_advantage' };

let player: ContractPlayer;
let clock: Clock;
let store: MemoryPurchaseStore;
const carrier = () => new ShippoCarrier({ apiToken: TOKEN, address: player.address }, trialSetting(clock, store));
const bought = async () => {
  player.play('rates', 'bought', 'label');
  const result = await carrier().buy(order);
  if (!result.ok) throw new Error(result.error.what);
  return result.value;
};

// Loaded before clocks run: the time limits of these tests are short.
beforeAll(async () => {
  await import('shippo');
  await import('shippo/lib/http.js');
});
beforeEach(async () => {
  player = await ContractPlayer.open('shippo');
  clock = { at: NOW };
  store = new MemoryPurchaseStore();
});
afterEach(() => {
  const { breaches, left } = player;
  player.close();
  expect([breaches, left]).toEqual([[], []]);
});

describe('contracts', () => {
  it('follow the schemas that Shippo generates from its OpenAPI document', async () => {
    const schemas: Record<string, unknown> = shippoSchemas;
    expect(schemaBreaches(contractsOf('shippo'), (name) => schemas[`${name}$inboundSchema`] as never)).toEqual([]);
  });
});

describe('rates', () => {
  it('are quotes, cheapest first, with the words of those who refuse', async () => {
    player.play('rates');
    expect(await carrier().rate(domestic)).toEqual({
      ok: true,
      value: {
        quotes: [
          {
            service: 'usps_ground_advantage',
            via: 'USPS',
            cost: { minor: 742, currency: 'USD' },
            transitDays: 3,
            notes: [],
          },
          { service: 'usps_priority', via: 'USPS', cost: { minor: 980, currency: 'USD' }, transitDays: 2, notes: [] },
        ],
        refused: [{ service: 'UPS', text: 'no service to this address' }],
      },
    });
  });

  it('keep what Shippo says is wrong, and show no token', async () => {
    player.play('rates invalid', 'rates unauthorised');
    const invalid = await carrier().rate(domestic);
    expect(invalid).toMatchObject({ error: { code: 'carrier-refused', data: { httpStatus: 400 } } });
    expect(invalid.ok ? '' : invalid.error.what).toContain('This field is required.');
    const unauthorised = await carrier().rate(domestic);
    expect(unauthorised).toMatchObject({ error: { code: 'carrier-credentials' } });
    expect(JSON.stringify(unauthorised)).not.toContain(TOKEN);
  });

  it('are asked for again after a limit or silence, unless Shippo asks for a pause that is too long', async () => {
    for (const first of ['rates throttled', 'rates silent']) {
      player.play(first, 'rates');
      expect((await carrier().rate(domestic)).ok).toBe(true);
    }
    player.play('rates throttled long');
    const result = await carrier().rate(domestic);
    expect(result).toMatchObject({ error: { code: 'carrier-throttled', data: { retryAfterMs: 3_600_000 } } });
  });

  it('are not read from an answer that breaks off', async () => {
    player.play('rates malformed');
    expect(await carrier().rate(domestic)).toMatchObject({ error: { code: 'carrier-answer' } });
  });

  it('ask for a signer before they ask across a border', async () => {
    expect(await carrier().rate(crossBorder)).toMatchObject({ error: { code: 'missing-customs' } });
  });
});

describe('a border', () => {
  const rateWith = (eelPfc: string) => {
    const account = { apiToken: TOKEN, customs: { signer: 'Mira Lane', eelPfc }, address: player.address };
    return new ShippoCarrier(account, trialSetting()).rate(crossBorder);
  };

  it('takes value and mass of a line in all', async () => {
    player.play('rates across a border');
    expect((await rateWith('NOEEI_30_37_a')).ok).toBe(true);
  });

  it('is not asked about in words that Shippo does not take', async () => {
    const result = await rateWith('none');
    expect(result).toMatchObject({ error: { code: 'carrier-refused' } });
    expect(result.ok ? '' : result.error.what).toContain('customsDeclaration');
  });
});

describe('buying', () => {
  it('gives number, cost, account and label, once for a key', async () => {
    player.play('rates', 'bought', 'label');
    const one = carrier();
    const results = await Promise.all([one.buy(order), one.buy(order), one.buy(order)]);
    results.push(await carrier().buy(order));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]).toMatchObject({
      value: {
        purchase: {
          id: 'tx1',
          number: NUMBER,
          cost: { minor: 742, currency: 'USD' },
          via: 'USPS',
          account: 'acc-usps',
        },
        label: { format: 'pdf' },
      },
    });
  });

  it('can be tried again after a refusal, whose words are kept', async () => {
    player.play('rates', 'buy refused');
    const result = await carrier().buy(order);
    expect(result.ok ? '' : result.error.what).toContain('the address is not deliverable');
    expect((await bought()).purchase.id).toBe('tx1');
  });

  it('looks for what became of it after silence, and waits for what is queued', async () => {
    player.play('rates', 'buy silent', 'transactions bought', 'label');
    expect((await carrier().buy(order)).ok).toBe(true);
    const queued = { ...order, key: 'parcel-1', service: 'usps_ground_advantage' };
    store = new MemoryPurchaseStore();
    player.play('rates', 'buy queued', 'transactions queued');
    expect(await carrier().buy(queued)).toMatchObject({ error: { code: 'purchase-uncertain' } });
    clock.at += LEASE_MS;
    player.play('transactions queued');
    expect(await carrier().buy(queued)).toMatchObject({ error: { code: 'purchase-uncertain' } });
    player.play('transactions none', 'bought', 'label');
    expect((await carrier().buy(queued)).ok).toBe(true);
  });
});

describe('voids, tracks and manifests', () => {
  it('tells a refund that is refused, asked for, or done', async () => {
    const { purchase } = await bought();
    player.play('refund error', 'refund queued', 'refund done');
    expect(await carrier().void(purchase)).toMatchObject({ error: { code: 'void-refused' } });
    expect(await carrier().void(purchase)).toMatchObject({ value: { outcome: 'requested' } });
    expect(await carrier().void(purchase)).toMatchObject({ value: { outcome: 'voided' } });
  });

  it('maps events, and reads the rest of an answer that holds what its own SDK does not know', async () => {
    player.play('track', 'track with news', 'track missing');
    expect(await carrier().track(NUMBER, 'usps')).toMatchObject({ value: { state: 'delivered', status: 'DELIVERED' } });
    const track = await carrier().track(NUMBER, 'usps');
    expect(track.ok && track.value.events.map(({ milestone, status }) => `${milestone} ${status}`)).toEqual([
      'announced PRE_TRANSIT/information_received',
      'collected TRANSIT/package_accepted',
      'other TELEPORTED/quantum',
      'delivered DELIVERED/delivered',
    ]);
    expect(await carrier().track(NUMBER, 'usps')).toMatchObject({ error: { code: 'unknown-number' } });
    expect(await carrier().track(NUMBER)).toMatchObject({ error: { code: 'missing-via' } });
  });

  it('makes a manifest of one account, which may take its time', async () => {
    const { purchase } = await bought();
    const handover = { from: domestic.from, at: NOW };
    player.play('manifest', 'manifest queued');
    expect(await carrier().manifest([purchase], handover)).toEqual({
      ok: true,
      value: { id: 'mf1', numbers: [NUMBER], state: 'ready', url: 'https://example.com/mf1.pdf' },
    });
    expect(await carrier().manifest([purchase], handover)).toMatchObject({ value: { state: 'pending' } });
    const mixed = [purchase, { ...purchase, account: 'other' }];
    expect(await carrier().manifest(mixed, handover)).toMatchObject({ error: { code: 'mixed-manifest' } });
  });
});
