import { Reference } from '@crossparcel/files';
import { parseDay } from '@crossparcel/units';
import { describe, expect, it } from 'vitest';
import { GoodsBook, type ScreenedGoods } from './goods-book.ts';
import { type Restriction, restrictionsSchema } from './restriction.ts';

const reference = new Reference();
const book = new GoodsBook(reference.restrictions(), reference.areas(), reference.handlingRules());
const day = (text: string) => parseDay(text) ?? 0;
const hits = (goods: ScreenedGoods, market: string, on = '2026-11-22', channel?: string) =>
  book.screen(goods, { market, channel, day: day(on) });
const found = (goods: ScreenedGoods, market: string, on?: string) =>
  hits(goods, market, on).map(({ entry, decision, by }) => `${entry} ${decision} ${by}`);

describe('what a market asks of goods', () => {
  it('is told with what is missing, and met by the marks that show it', () => {
    const [rp, cosmetics] = hits({ hs: '330499' }, 'DE');
    expect([rp?.entry, cosmetics?.entry]).toEqual(['eu-gpsr-responsible-person', 'eu-cosmetics']);
    expect(cosmetics?.missing.map(({ kind }) => kind)).toEqual(['responsible-person', 'notification']);
    expect(found({ hs: '330499', marks: ['eu-rp'] }, 'DE')).toEqual(['eu-cosmetics review hs']);
    expect(found({ hs: '330499', marks: ['EU RP', 'CPNP'] }, 'DE')).toEqual([]);
    expect(found({ hs: '330499', marks: ['UK-RP', 'SCPN'] }, 'GB')).toEqual([]);
  });

  it('is the law of the day', () => {
    const filed = (on: string) => found({ hs: '9503.00', marks: ['CPC'] }, 'US', on);
    expect(filed('2026-07-07')).toEqual([]);
    expect(filed('2026-07-08')).toEqual(['us-cpsc-efiling review hs']);
    const toys = (on: string) => found({ hs: '950300', marks: ['CE', 'EN71', 'EU-RP'] }, 'FR', on);
    expect([toys('2030-07-31'), toys('2030-08-01')]).toEqual([[], ['eu-toys-2025-2509 review hs']]);
  });

  it('covers families of handling classes in every market', () => {
    for (const market of ['US', 'GB', 'DE', 'NZ']) {
      expect(found({ hs: '392690', handling: ['battery-pi967-ii'] }, market)).toContain(
        'lithium-un-38-3 review handling',
      );
    }
    expect(found({ handling: ['battery-pi967-ii'], marks: ['UN38.3'] }, 'US')).toEqual([]);
  });

  it('is guessed from words only where no code says otherwise', () => {
    expect(found({ text: 'Plush toy rabbit' }, 'NZ')).toEqual(['nz-toys review words']);
    expect(found({ text: 'Toy storage box', hs: '392310' }, 'NZ')).toEqual([]);
    expect(found({ text: 'toying with words' }, 'NZ')).toEqual([]);
  });

  it('holds for the members of an area, and no longer than they are members', () => {
    expect(found({ hs: '620342', marks: ['EU-RP'] }, 'IE')).toEqual(['eu-textiles review hs']);
    expect(found({ hs: '620342', marks: ['FIBRE-LABEL'] }, 'GB')).toEqual([]);
  });

  it('is nothing known where no record speaks of the market', () => {
    expect([book.knows('DE', day('2026-11-22')), book.knows('AU', day('2026-11-22'))]).toEqual([true, false]);
  });
});

describe('bans', () => {
  const ban = (confidence: Restriction['confidence']): Restriction => ({
    id: 'made',
    markets: ['US'],
    goods: { hs: ['9307'] },
    rule: 'banned',
    what: 'may not come in',
    paragraph: '§ 1',
    validFrom: '2020-01-01',
    validTo: null,
    source: 'made for this test',
    readOn: '2026-11-22',
    confidence,
  });
  const decision = (confidence: Restriction['confidence']) =>
    new GoodsBook([ban(confidence)], [], []).screen({ hs: '930700' }, { market: 'US', day: day('2026-11-22') })[0]
      ?.decision;

  it('stop goods when their text was read, and hold them for a person when they are known from memory', () => {
    expect([decision('confirmed'), decision('single'), decision('memory')]).toEqual(['blocked', 'blocked', 'review']);
  });

  it('of a channel are those of the handling rules', () => {
    const perfume = hits(
      { hs: '330300', handling: ['liquid-perfume'], marks: ['FDA-FEI', 'MOCRA-LISTING'] },
      'US',
      undefined,
      'postal',
    );
    expect(perfume.map(({ list, entry, decision: made }) => [list, entry, made])).toEqual([
      ['handling', 'liquid-perfume', 'blocked'],
    ]);
  });
});

describe('the records on file', () => {
  it('cover every market whose law is on file', () => {
    const markets = [...reference.ruleBooks().keys()].map((name) => (name === 'eu' ? 'DE' : name.toUpperCase()));
    expect(markets.filter((market) => !book.knows(market, day('2026-11-22')))).toEqual([]);
  });

  it('have ids of their own', () => {
    const ids = reference.restrictions().map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('are refused when they ask for nothing or name no goods', () => {
    const [first] = reference.restrictions();
    expect(restrictionsSchema.safeParse([{ ...first, needs: [] }]).error?.issues[0]?.message).toMatch(
      /does not fit the rule/,
    );
    expect(restrictionsSchema.safeParse([{ ...first, goods: {} }]).error?.issues[0]?.message).toMatch(/names no goods/);
  });
});
