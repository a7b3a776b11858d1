import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MemoryPurchaseStore } from '../purchase-store.ts';
import { ContractPlayer, contractsOf, schemaBreaches } from '../test/contract-player.ts';
import { type Clock, crossBorder, domestic, LEASE_MS, NOW, trialSetting } from '../test/trial.ts';
import { EasyPostCarrier } from './easypost-carrier.ts';

const KEY = 'secret-key';
const order = { key: 'parcel-1', shipment: domestic, service: 'USPS/GroundAdvantage' };

let player: ContractPlayer;
let clock: Clock;
let store: MemoryPurchaseStore;
const carrier = () =>
  new EasyPostCarrier({ apiKey: KEY, address: `${player.address}/v2/` }, trialSetting(clock, store));
const paths = () => player.asked.map(({ method, path }) => `${method} ${path}`);
const bought = async () => {
  player.play('rates', 'bought', 'label');
  const result = await carrier().buy(order);
  if (!result.ok) throw new Error(result.error.what);
  return result.value;
};

// Loaded before clocks run: the time limits of these tests are short.
beforeAll(async () => {
  await import('@easypost/api');
});
beforeEach(async () => {
  player = await ContractPlayer.open('easypost');
  clock = { at: NOW };
  store = new MemoryPurchaseStore();
});
afterEach(() => {
  const { breaches, left } = player;
  player.close();
  expect([breaches, left]).toEqual([[], []]);
});

describe('contracts', () => {
  it('follow the schemas written from what EasyPost publishes', () => {
    expect(schemaBreaches(contractsOf('easypost'))).toEqual([]);
  });
});

describe('rates', () => {
  it('are quotes in minor units, with the words of those who refuse', async () => {
    player.play('rates');
    expect(await carrier().rate(domestic)).toEqual({
      ok: true,
      value: {
        quotes: [
          {
            service: 'USPS/GroundAdvantage',
            via: 'USPS',
            cost: { minor: 742, currency: 'USD' },
            transitDays: 3,
            notes: [],
          },
          { service: 'USPS/Priority', via: 'USPS', cost: { minor: 980, currency: 'USD' }, transitDays: 2, notes: [] },
        ],
        refused: [{ service: 'DHLExpress', text: 'no account for this lane' }],
      },
    });
  });

  it('keep what EasyPost says is wrong, and do not ask again', async () => {
    player.play('rates invalid');
    const result = await carrier().rate(domestic);
    expect(result).toMatchObject({
      error: { code: 'carrier-refused', data: { httpStatus: 422, carrierCode: 'SHIPMENT.INVALID_PARAMS' } },
    });
    expect(result.ok ? '' : result.error.what).toContain("to_address: can't be blank; zip is short");
  });

  it('name wrong credentials without showing them', async () => {
    player.play('rates unauthorised');
    const result = await carrier().rate(domestic);
    expect(result).toMatchObject({ error: { code: 'carrier-credentials' } });
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  it('are asked for again after a limit, a failure or silence', async () => {
    for (const first of ['rates throttled', 'rates silent', 'rates broken']) {
      player.play(first, 'rates');
      expect((await carrier().rate(domestic)).ok).toBe(true);
    }
    player.play('rates silent', 'rates silent');
    expect(await carrier().rate(domestic)).toMatchObject({ error: { code: 'carrier-silent' } });
  });

  it('are not read from an answer of another form', async () => {
    for (const broken of ['rates malformed', 'rates of another form']) {
      player.play(broken);
      expect(await carrier().rate(domestic)).toMatchObject({ error: { code: 'carrier-answer' } });
    }
  });

  it('ask for goods and a signer before they ask across a border', async () => {
    const { goods: _, ...bare } = crossBorder;
    expect(await carrier().rate(bare)).toMatchObject({ error: { code: 'missing-goods' } });
    expect(await carrier().rate(crossBorder)).toMatchObject({ error: { code: 'missing-customs' } });
    expect(player.asked).toEqual([]);
  });
});

describe('a border', () => {
  it('takes value and mass of a line in all, in the units of EasyPost', async () => {
    player.play('rates across a border');
    const customs = { signer: 'Mira Lane', eelPfc: 'NOEEI 30.37(a)' };
    const account = { apiKey: KEY, customs, address: `${player.address}/v2/` };
    expect((await new EasyPostCarrier(account, trialSetting()).rate(crossBorder)).ok).toBe(true);
  });
});

describe('buying', () => {
  it('gives number, cost, id and the label', async () => {
    const { purchase, label } = await bought();
    expect(purchase).toMatchObject({
      id: 'shp_1',
      number: '9400100000000000000001',
      cost: { minor: 742, currency: 'USD' },
      via: 'USPS',
    });
    expect([label.format, Buffer.from(label.bytes).toString()]).toEqual(['pdf', '%PDF-1.7 label']);
  });

  it('happens once for a key, one call after the other, at once, and by another process', async () => {
    player.play('rates', 'bought', 'label');
    const one = carrier();
    const results = await Promise.all([one.buy(order), one.buy(order)]);
    results.push(await one.buy(order), await carrier().buy(order));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(paths().filter((path) => path.endsWith('/buy'))).toHaveLength(1);
  });

  it('looks for what became of it when EasyPost is silent', async () => {
    player.play('rates', 'buy silent', 'shipment bought', 'label');
    expect(await carrier().buy(order)).toMatchObject({ value: { purchase: { number: '9400100000000000000001' } } });
  });

  it('is taken up after a crash: what was bought is found, what was not is bought', async () => {
    for (const rest of [
      ['shipment bought'],
      ['shipment not bought', 'bought'],
      ['shipment not bought', 'buy exists', 'shipment bought'],
    ]) {
      store = new MemoryPurchaseStore();
      player.play('rates', 'buy silent', 'shipment not bought');
      expect(await carrier().buy(order)).toMatchObject({ error: { code: 'purchase-uncertain' } });
      expect(await carrier().buy(order)).toMatchObject({ error: { code: 'purchase-under-way' } });
      clock.at += LEASE_MS;
      player.play(...rest, 'label');
      expect((await carrier().buy(order)).ok).toBe(true);
    }
  });

  it('can be tried again after a refusal', async () => {
    player.play('rates', 'buy refused');
    expect(await carrier().buy(order)).toMatchObject({ error: { code: 'carrier-refused' } });
    expect((await bought()).purchase.id).toBe('shp_1');
  });

  it('fetches a missing label later without buying again', async () => {
    player.play('rates', 'bought', 'label missing');
    expect(await carrier().buy(order)).toMatchObject({ error: { code: 'label-missing' } });
    player.play('label');
    expect((await carrier().buy(order)).ok).toBe(true);
  });

  it('names the services where one is not offered', async () => {
    player.play('rates');
    const result = await carrier().buy({ ...order, service: 'USPS/Pigeon' });
    expect(result).toMatchObject({ error: { code: 'unknown-service' } });
    expect(result.ok ? '' : result.error.mend).toContain('USPS/GroundAdvantage');
  });
});

describe('voids, tracks and manifests', () => {
  it('says that a refund is asked for, or that it is refused', async () => {
    const { purchase } = await bought();
    player.play('refund rejected', 'refund too late', 'refund submitted');
    expect(await carrier().void(purchase)).toMatchObject({ error: { code: 'void-refused' } });
    expect(await carrier().void(purchase)).toMatchObject({ error: { code: 'void-refused' } });
    expect(await carrier().void(purchase)).toEqual({ ok: true, value: { outcome: 'requested', said: 'submitted' } });
    expect(await carrier().buy(order)).toMatchObject({ error: { code: 'purchase-voided' } });
  });

  it('maps events, and keeps those that it does not know', async () => {
    player.play('tracker');
    const track = await carrier().track('9400100000000000000001', 'USPS');
    if (!track.ok) throw new Error(track.error.what);
    expect(track.value).toMatchObject({ state: 'delivered', status: 'delivered', via: 'USPS' });
    expect(track.value.events.map(({ milestone, status }) => `${milestone} ${status}`)).toEqual([
      'announced pre_transit/label_created',
      'other teleported/quantum',
      'out-for-delivery out_for_delivery/out_for_delivery',
      'delivered delivered/arrived_at_destination',
      'other in_transit/status_update',
    ]);
    expect(track.value.events[3]).toMatchObject({
      at: Date.parse('2026-11-25T20:15:00Z'),
      place: { city: 'Austin', subdivision: 'TX', postcode: '78701' },
    });
    expect(track.value.events[4]).not.toHaveProperty('at');
  });

  it('asks for a tracker only where there is none', async () => {
    player.play('no tracker', 'new tracker');
    expect(await carrier().track('9400100000000000000001', 'USPS')).toMatchObject({
      value: { status: 'unknown', events: [] },
    });
  });

  it('makes a scan form of purchases', async () => {
    const { purchase } = await bought();
    player.play('scan form');
    expect(await carrier().manifest([purchase])).toEqual({
      ok: true,
      value: { id: 'sf_1', numbers: ['9400100000000000000001'], state: 'ready', url: 'https://example.com/sf_1.pdf' },
    });
  });
});
