import type { AddressFormat } from './address-format.ts';

type PostalCode = NonNullable<AddressFormat['postalCode']>;

/** Signs that are mistaken for one another, each for all others of its group. */
const CONFUSED = ['0OQD', '1IL', '2Z', '5S', '6G', '8B'];
/** Beyond so many doubtful signs, everything would fit. */
const MOST_DOUBTFUL = 8;

/** What a postal code should be, and why it is not that yet. */
export interface PostalCodeProposal {
  readonly proposed: string;
  readonly why: string;
}

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Judges postal codes of one country. */
export class PostalCodeRule {
  readonly #rule: PostalCode;
  readonly #pattern: RegExp;
  readonly #lead: RegExp | undefined;

  constructor(rule: PostalCode) {
    this.#rule = rule;
    this.#pattern = whole(rule.pattern);
    const lead = (rule.lead ?? []).map(escaped).join('|');
    this.#lead = lead === '' ? undefined : new RegExp(`^(?:${lead})[\\s:.-]*(?=\\S)`, 'iu');
  }

  /** Whether a code has the country's form, with or without its usual spaces and hyphens. */
  fits(code: string): boolean {
    return this.#pattern.test(code);
  }

  /** The one way in which a code that fits is usually written. */
  written(code: string): string {
    const bare = code.replace(/[\s-]/g, '');
    for (const { from, to } of this.#rule.written ?? []) {
      const form = new RegExp(from, 'u');
      if (form.test(bare)) return bare.replace(form, to);
    }
    return bare;
  }

  /** Why a code does not fit, with examples. */
  fault(code: string): string {
    const { former, examples } = this.#rule;
    if (former && whole(former.pattern).test(code)) return `is ${former.what}`;
    return `does not have the form of ${examples.slice(0, 2).join(' or ')}`;
  }

  /** What a code was probably meant to be; undefined when it is written as usual, or when nothing likely fits. */
  propose(given: string): PostalCodeProposal | undefined {
    const half = given
      .normalize('NFKC')
      .replace(/[‐-―−ー～]/gu, '-')
      .trim();
    const steps: readonly (readonly [string, string])[] = [
      [half.replace(/\s+/g, ' '), 'half-width signs, without spaces around them'],
      [half.toUpperCase(), 'capital letters'],
      [this.#withoutLead(half.toUpperCase()), 'without the letters before it'],
    ];
    for (const [code, why] of steps) {
      const fitting = [code, this.written(code)].find((one) => this.fits(one));
      if (fitting === undefined) continue;
      const proposed = this.written(fitting);
      return proposed === given
        ? undefined
        : { proposed, why: proposed === code ? why : 'spaces and hyphens as usual' };
    }
    const bare = this.#withoutLead(half.toUpperCase()).replace(/[\s.-]/g, '');
    return this.#unconfused(bare) ?? this.#zeroAhead(bare);
  }

  #withoutLead(code: string): string {
    return this.#lead ? code.replace(this.#lead, '') : code;
  }

  /** The code with the fewest look-alikes exchanged that fits, if there is only one. */
  #unconfused(bare: string): PostalCodeProposal | undefined {
    const places = [...bare].flatMap((sign, at) => {
      const group = CONFUSED.find((signs) => signs.includes(sign));
      return group ? [{ at, others: [...group].filter((other) => other !== sign) }] : [];
    });
    if (places.length > MOST_DOUBTFUL) return undefined;
    let variants = [{ code: bare, from: 0 }];
    for (let changes = 1; changes <= places.length; changes += 1) {
      variants = variants.flatMap(({ code, from }) =>
        places
          .slice(from)
          .flatMap(({ at, others }, index) =>
            others.map((other) => ({ code: code.slice(0, at) + other + code.slice(at + 1), from: from + index + 1 })),
          ),
      );
      const fitting = new Set(variants.map(({ code }) => this.written(code)).filter((code) => this.fits(code)));
      const [proposed] = fitting;
      if (proposed !== undefined) {
        return fitting.size === 1 ? { proposed, why: 'letters and digits that look alike' } : undefined;
      }
    }
    return undefined;
  }

  /** Spreadsheets drop a zero at the start. */
  #zeroAhead(bare: string): PostalCodeProposal | undefined {
    if (!/^\d+$/.test(bare)) return undefined;
    const proposed = this.written(`0${bare}`);
    return this.fits(proposed) ? { proposed, why: 'a zero at the start, which spreadsheets drop' } : undefined;
  }
}
