import { acceptsHandling, atDay, type DayNumber, type HandlingClass, type HandlingRule } from '@crossparcel/units';
import type { Area } from '../law/book.ts';
import type { Need, Restriction } from './restriction.ts';

/** A line of goods as it is screened. */
export interface ScreenedGoods {
  readonly text?: string | undefined;
  readonly hs?: string | undefined;
  readonly handling?: readonly HandlingClass[] | undefined;
  /** What the goods or their papers carry: `CE`, `UN38.3`, a registration. */
  readonly marks?: readonly string[] | undefined;
}

/** Where goods go, and how. */
export interface GoodsTrip {
  readonly market: string;
  /** A channel as handling rules name it, such as `postal`. */
  readonly channel?: string | undefined;
  readonly day: DayNumber;
}

/** Something in the way of goods. */
export interface GoodsHit {
  /** `restrictions` or `handling`. */
  readonly list: 'restrictions' | 'handling';
  readonly entry: string;
  /** By what the goods were recognised; words are a guess. */
  readonly by: 'hs' | 'handling' | 'words';
  readonly decision: 'review' | 'blocked';
  readonly why: readonly string[];
  /** What is lacking, each with the marks of which any one would do. */
  readonly missing: readonly Need[];
  readonly source: string;
  readonly confidence: string;
}

const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
const squeezed = (mark: string): string => mark.toUpperCase().replace(/[^A-Z0-9]/g, '');
const digits = (hs: string): string => hs.replace(/\D/g, '');

/** Every market, in the records. */
const EVERYWHERE = '*';

interface Compiled {
  readonly record: Restriction;
  readonly handling: ReadonlySet<string>;
  readonly words: readonly string[];
}

/** What markets forbid or ask of goods, compiled from dated records. */
export class GoodsBook {
  readonly #restrictions: readonly Compiled[];
  readonly #areas: readonly Area[];
  readonly #handlingRules: readonly HandlingRule[];

  constructor(restrictions: readonly Restriction[], areas: readonly Area[], handlingRules: readonly HandlingRule[]) {
    this.#areas = areas;
    this.#handlingRules = handlingRules;
    this.#restrictions = restrictions.map((record) => ({
      record,
      handling: new Set(record.goods.handling),
      words: (record.goods.words ?? []).map(folded),
    }));
  }

  /** What is in the way of some goods: bans, needs of which no mark shows that they are met, and channels that refuse them. */
  screen(goods: ScreenedGoods, trip: GoodsTrip): GoodsHit[] {
    return [...this.#market(goods, trip), ...this.#channel(goods, trip)];
  }

  /** Whether any record is about a market, so that no hit says something of it. */
  knows(market: string, day: DayNumber): boolean {
    const names = this.#namesOf(market, day);
    return this.#restrictions.some(({ record }) => record.markets.some((one) => one !== EVERYWHERE && names.has(one)));
  }

  #market(goods: ScreenedGoods, { market, day }: GoodsTrip): GoodsHit[] {
    const names = this.#namesOf(market, day).add(EVERYWHERE);
    const hits: GoodsHit[] = [];
    const inForce = new Set(
      atDay(
        this.#restrictions.map(({ record }) => record),
        day,
      ),
    );
    for (const compiled of this.#restrictions) {
      const { record } = compiled;
      if (!inForce.has(record) || !record.markets.some((one) => names.has(one))) continue;
      const by = meets(compiled, goods);
      const hit = by && hitOf(record, by, goods);
      if (hit) hits.push(hit);
    }
    return hits;
  }

  #channel({ handling = [] }: ScreenedGoods, { channel, day }: GoodsTrip): GoodsHit[] {
    if (channel === undefined) return [];
    return atDay(this.#handlingRules, day)
      .filter(({ id }) => handling.includes(id))
      .flatMap((rule) =>
        (rule.refusedBy ?? [])
          .filter((refusal) => refusal.channel === channel)
          .map(({ why }): GoodsHit => {
            const { id, source, confidence } = rule;
            const said = [`${rule.name.en}: refused by channel ${channel}`, why];
            return {
              list: 'handling',
              entry: id,
              by: 'handling',
              decision: 'blocked',
              why: said,
              missing: [],
              source,
              confidence,
            };
          }),
      );
  }

  #namesOf(market: string, day: DayNumber): Set<string> {
    const areas = atDay(this.#areas, day).filter(({ members }) => members.includes(market));
    return new Set([market, ...areas.map(({ id }) => id)]);
  }
}

/** By what goods fall under a record: their code where both have one, else handling classes, else words. */
const meets = ({ record, handling, words }: Compiled, goods: ScreenedGoods): GoodsHit['by'] | undefined => {
  const hs = goods.hs === undefined ? undefined : digits(goods.hs);
  const starts = (prefixes: readonly string[] | undefined) =>
    prefixes?.some((prefix) => hs?.startsWith(prefix)) ?? false;
  if (starts(record.goods.exceptHs)) return undefined;
  if (starts(record.goods.hs)) return 'hs';
  if (goods.handling?.some((one) => acceptsHandling(handling, one))) return 'handling';
  // A code that is told outweighs what words may suggest (a toy box is no toy), where the record has codes at all.
  if (hs !== undefined && record.goods.hs !== undefined) return undefined;
  const text = ` ${folded(goods.text ?? '')} `;
  return words.some((word) => text.includes(` ${word} `) || text.includes(` ${word}s `)) ? 'words' : undefined;
};

/** What a record has against goods; undefined when they show all that it asks for. */
const hitOf = (record: Restriction, by: GoodsHit['by'], goods: ScreenedGoods): GoodsHit | undefined => {
  const marks = new Set((goods.marks ?? []).map(squeezed));
  const missing = (record.needs ?? []).filter(({ shownBy }) => !shownBy.some((mark) => marks.has(squeezed(mark))));
  if (record.rule === 'needs' && missing.length === 0) return undefined;
  const why = [`${record.what} (${record.paragraph})`];
  if (by === 'words') why.push('recognised by words of the description; an HS code would settle it');
  why.push(...missing.map(({ what, shownBy }) => `lacks ${what}; shown by ${shownBy.join(' or ')}`));
  // A guess by words, or a ban that nobody has checked against its text, is for a person to look at.
  const sure = by !== 'words' && record.confidence !== 'memory' && record.confidence !== 'illustrative';
  const decision = record.rule === 'banned' && sure ? 'blocked' : 'review';
  const { id, source, confidence } = record;
  return { list: 'restrictions', entry: id, by, decision, why, missing, source, confidence };
};
