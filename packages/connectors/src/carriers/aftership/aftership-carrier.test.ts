import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ContractPlayer, contractsOf, schemaBreaches } from '../test/contract-player.ts';
import { trialSetting } from '../test/trial.ts';
import { AfterShipCarrier } from './aftership-carrier.ts';

const KEY = 'secret-key';
const NUMBER = 'LX000000011CN';

let player: ContractPlayer;
const track = () =>
  new AfterShipCarrier({ apiKey: KEY, address: player.address }, trialSetting()).track(NUMBER, 'china-post');

// Loaded before clocks run: the time limits of these tests are short.
beforeAll(async () => {
  await import('@aftership/tracking-sdk');
});
beforeEach(async () => {
  player = await ContractPlayer.open('aftership');
});
afterEach(() => {
  const { breaches, left } = player;
  player.close();
  expect([breaches, left]).toEqual([[], []]);
});

describe('AfterShip', () => {
  it('is played by contracts that follow the schemas written from what it publishes', () => {
    expect(schemaBreaches(contractsOf('aftership'))).toEqual([]);
  });

  it('maps checkpoints, keeps those that it does not know, and says where an offset is missing', async () => {
    player.play('tracking');
    const found = await track();
    if (!found.ok) throw new Error(found.error.what);
    expect(found.value).toMatchObject({ state: 'in-customs', status: 'InTransit', via: 'china-post' });
    expect(found.value.events.map(({ milestone, status, hasOffset }) => `${milestone} ${status} ${hasOffset}`)).toEqual(
      [
        'announced InfoReceived/InfoReceived_001 true',
        'collected InTransit/InTransit_002 false',
        'other Teleported/Teleported_001 true',
        'import-presented InTransit/InTransit_006 true',
      ],
    );
    expect(found.value.events[1]?.place).toEqual({ city: 'Shenzhen', country: 'CHN' });
  });

  it('is told of a number that it does not know yet, once', async () => {
    player.play('no tracking', 'created');
    expect(await track()).toMatchObject({ value: { status: 'Pending', state: 'announced', events: [] } });
    player.play('no tracking', 'number invalid');
    expect(await track()).toMatchObject({ error: { code: 'unknown-number', data: { carrierCode: '4005' } } });
    player.play('no tracking', 'quota');
    const quota = await track();
    expect(quota).toMatchObject({ error: { code: 'carrier-refused' } });
    expect(quota.ok ? '' : quota.error.what).toContain('quota');
  });

  it('is asked again after a limit, a failure or silence', async () => {
    for (const first of ['throttled', 'broken', 'silent']) {
      player.play(first, 'tracking');
      expect((await track()).ok).toBe(true);
    }
    player.play('silent', 'silent');
    expect(await track()).toMatchObject({ error: { code: 'carrier-silent' } });
  });

  it('is not read where an answer breaks off, and shows no key', async () => {
    player.play('malformed', 'unauthorised');
    expect(await track()).toMatchObject({ error: { code: 'carrier-answer' } });
    const refused = await track();
    expect(refused).toMatchObject({ error: { code: 'carrier-credentials' } });
    expect(JSON.stringify(refused)).not.toContain(KEY);
  });

  it('only tracks', async () => {
    const carrier = new AfterShipCarrier({ apiKey: KEY }, trialSetting());
    expect(carrier.abilities).toEqual(['track']);
    expect(await carrier.rate()).toMatchObject({ error: { code: 'not-offered' } });
    expect(await carrier.buy()).toMatchObject({ error: { code: 'not-offered', data: { ability: 'buy' } } });
  });
});
