import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryPurchaseStore } from '../purchase-store.ts';
import { ContractPlayer, contractsOf, schemaBreaches } from '../test/contract-player.ts';
import { type Clock, crossBorder, domestic, LEASE_MS, NOW, trialSetting } from '../test/trial.ts';
import { UspsCarrier } from './usps-carrier.ts';

const SECRET = 'secret-secret';
const NUMBER = '9200100000000000000001';
const order = { key: 'parcel-1', shipment: domestic, service: 'USPS_GROUND_ADVANTAGE' };
const payer = { crid: '11', mid: '22', manifestMid: '33', accountType: 'EPS', accountNumber: '44' };

let player: ContractPlayer;
let clock: Clock;
let store: MemoryPurchaseStore;
const carrier = (mailClasses = ['USPS_GROUND_ADVANTAGE']) =>
  new UspsCarrier(
    { clientId: 'client', clientSecret: SECRET, mailClasses, payer, address: player.address },
    trialSetting(clock, store),
  );
const paths = () => player.asked.map(({ path }) => path);

beforeEach(async () => {
  player = await ContractPlayer.open('usps');
  clock = { at: NOW };
  store = new MemoryPurchaseStore();
});
afterEach(() => {
  const { breaches, left } = player;
  player.close();
  expect([breaches, left]).toEqual([[], []]);
});

describe('contracts', () => {
  it('follow the schemas written from what USPS publishes', () => {
    expect(schemaBreaches(contractsOf('usps'))).toEqual([]);
  });
});

describe('rates', () => {
  it('are asked for each class of mail under one token', async () => {
    player.play('token', 'priority', 'ground', 'priority', 'ground');
    const one = carrier(['PRIORITY_MAIL', 'USPS_GROUND_ADVANTAGE']);
    const rates = await one.rate(domestic);
    expect(rates.ok && rates.value.quotes.map(({ service, cost }) => [service, cost.minor])).toEqual([
      ['USPS_GROUND_ADVANTAGE', 742],
      ['PRIORITY_MAIL', 980],
    ]);
    expect((await one.rate(domestic)).ok).toBe(true);
  });

  it('wait for one token at once, and for the next when it ends', async () => {
    player.play('token', 'ground', 'ground');
    const one = carrier();
    const both = await Promise.all([one.rate(domestic), one.rate(domestic)]);
    expect(both.every(({ ok }) => ok)).toBe(true);
    clock.at += 28_799_000;
    player.play('token', 'ground');
    expect((await one.rate(domestic)).ok).toBe(true);
  });

  it('drop a token that is refused', async () => {
    player.play('token', 'ground token ended', 'token', 'ground');
    const one = carrier();
    expect(await one.rate(domestic)).toMatchObject({ error: { code: 'carrier-credentials' } });
    expect((await one.rate(domestic)).ok).toBe(true);
  });

  it('show no secret where credentials are refused, and ask for a token again next time', async () => {
    player.play('token refused', 'token', 'ground');
    const one = carrier();
    const result = await one.rate(domestic);
    expect(result).toMatchObject({ error: { code: 'carrier-credentials' } });
    expect(JSON.stringify(result)).not.toContain(SECRET);
    expect((await one.rate(domestic)).ok).toBe(true);
  });

  it('keep the words of a class that refuses', async () => {
    player.play('token', 'ground invalid');
    const rates = await carrier().rate(domestic);
    expect(rates.ok && rates.value.quotes).toEqual([]);
    expect(rates.ok ? rates.value.refused[0]?.text : '').toContain('destinationZIPCode: The ZIP Code is not known');
  });

  it('are asked for again after a limit or silence, and not read from answers of another form', async () => {
    const one = carrier();
    player.play('token', 'ground throttled', 'ground', 'ground silent', 'ground');
    expect((await one.rate(domestic)).ok).toBe(true);
    expect((await one.rate(domestic)).ok).toBe(true);
    player.play('ground malformed', 'ground of another form');
    expect(await one.rate(domestic)).toMatchObject({ error: { code: 'carrier-answer' } });
    expect(await one.rate(domestic)).toMatchObject({ error: { code: 'carrier-answer' } });
  });

  it('are for shipments within one country', async () => {
    expect(await carrier().rate(crossBorder)).toMatchObject({ error: { code: 'lane-not-offered' } });
  });
});

describe('buying', () => {
  it('gives number, postage and label once for a key, under one payment authorisation', async () => {
    player.play('token', 'payment', 'label');
    const one = carrier();
    const results = await Promise.all([one.buy(order), one.buy(order)]);
    results.push(await one.buy(order));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]).toMatchObject({
      value: { purchase: { number: NUMBER, cost: { minor: 742, currency: 'USD' } }, label: { format: 'pdf' } },
    });
    expect(player.asked[2]?.headers['x-idempotency-key']).toMatch(/^[\da-f-]{36}$/);
  });

  it('reads a label that comes in parts', async () => {
    player.play('token', 'payment', 'label in parts');
    const result = await carrier().buy(order);
    expect(result.ok && Buffer.from(result.value.label.bytes).toString()).toBe('%PDF-1.7 label');
  });

  it('finds after silence what was made under its key', async () => {
    player.play('token', 'payment', 'label silent', 'reprint');
    expect(await carrier().buy(order)).toMatchObject({ value: { purchase: { number: NUMBER } } });
    const [, , label, reprint] = player.asked;
    expect(reprint?.headers['x-idempotency-key']).toBe(label?.headers['x-idempotency-key']);
  });

  it('buys after a crash only what is not there, under the same key', async () => {
    player.play('token', 'payment', 'label silent', 'no reprint');
    expect(await carrier().buy(order)).toMatchObject({ error: { code: 'purchase-uncertain' } });
    clock.at += LEASE_MS;
    player.play('token', 'payment', 'no reprint', 'label');
    expect((await carrier().buy(order)).ok).toBe(true);
    const keys = player.asked.flatMap(({ headers }) => headers['x-idempotency-key'] ?? []);
    expect([keys.length, new Set(keys).size]).toEqual([4, 1]);
  });

  it('is not begun where nobody may pay, and can be tried again after a refusal', async () => {
    player.play('token', 'payment refused');
    expect(await carrier().buy(order)).toMatchObject({ error: { code: 'payment-not-authorised' } });
    player.play('token', 'payment', 'label refused', 'label');
    const one = carrier();
    expect(await one.buy(order)).toMatchObject({ error: { code: 'carrier-refused', data: { carrierCode: '160011' } } });
    expect((await one.buy(order)).ok).toBe(true);
    expect(paths().filter((path) => path === '/labels/v3/label')).toHaveLength(2);
  });
});

describe('voids, tracks and manifests', () => {
  it('tells a label that is cancelled, disputed, or used', async () => {
    player.play('token', 'payment', 'label', 'cancel denied', 'disputed', 'cancelled');
    const one = carrier();
    const bought = await one.buy(order);
    if (!bought.ok) throw new Error(bought.error.what);
    const { purchase } = bought.value;
    expect(await one.void(purchase)).toMatchObject({ error: { code: 'void-refused' } });
    expect(await one.void(purchase)).toMatchObject({ value: { outcome: 'requested' } });
    expect(await one.void(purchase)).toMatchObject({ value: { outcome: 'voided', said: 'CANCELED' } });
  });

  it('maps events, keeps unknown codes, and trusts only times with an offset', async () => {
    player.play('token', 'tracking', 'tracking missing');
    const one = carrier();
    const track = await one.track(NUMBER);
    if (!track.ok) throw new Error(track.error.what);
    expect(track.value).toMatchObject({ state: 'delivered', status: 'Delivered' });
    expect(track.value.events.map(({ milestone, status, hasOffset }) => `${milestone} ${status} ${hasOffset}`)).toEqual(
      ['announced GX false', 'other ZZ false', 'out-for-delivery OF false', 'delivered 01 true'],
    );
    expect(await one.track(NUMBER)).toMatchObject({ error: { code: 'unknown-number' } });
  });

  it('makes a SCAN form', async () => {
    player.play('token', 'scan form');
    const purchase = {
      key: 'k',
      carrier: 'usps',
      id: 'i',
      service: 's',
      via: 'USPS',
      number: NUMBER,
      cost: { minor: 1, currency: 'USD' },
    };
    expect(await carrier().manifest([purchase], { from: domestic.from, at: NOW })).toMatchObject({
      value: { id: '92750000000000000001', numbers: [NUMBER], state: 'ready' },
    });
  });
});
