import {
  allocateMinor,
  applyRatio,
  type Confidence,
  type CurrencyCode,
  type ExchangeRates,
  fail,
  formatMinor,
  formatPercent,
  multiplyDivide,
  ok,
  type Result,
  weakestConfidence,
} from '@crossparcel/units';
import type { Amount, CompiledParameter, CompiledRule, Limit } from '../law/compile.ts';
import { dutyMinor } from '../tariff/duty-rate.ts';
import type { TariffHit, TariffTable } from '../tariff/tariff-table.ts';
import type { Assessment, AssessmentFault, Charge, CustomsParcel, Warning } from './parcel.ts';

/** How the rules of a setting see some goods. */
export interface GoodsProfile {
  /** For each rule of the program, whether it touches the goods. */
  readonly touched: readonly boolean[];
  readonly hit: TariffHit | undefined;
  readonly warnings: readonly Warning[];
}

/** The rules that can apply in one setting on one day, in order, and the parameters they read. */
export interface Program {
  readonly rules: readonly CompiledRule[];
  readonly parameters: ReadonlyMap<string, CompiledParameter>;
  readonly table: TariffTable | undefined;
  /** Currency of the book, in which amounts are cut down to steps. */
  readonly bookCurrency: CurrencyCode;
  readonly warnings: readonly Warning[];
  readonly needsShares: boolean;
}

interface Priced {
  readonly amountMinor: number;
  readonly rate: string;
  readonly confidence: Confidence;
  readonly rows: readonly string[];
}

const headingKey = (line: CustomsParcel['lines'][number]): string =>
  `${line.hs.slice(0, 6)}|${line.origin}|${line.description ?? ''}`;

/**
 * Computes the bill of one parcel: walks the rules once in their order, charges those that apply, and lets each see
 * what was charged before it. Every charge is rounded once; the sums are sums of rounded charges.
 */
export class Bill {
  readonly #program: Program;
  readonly #parcel: CustomsParcel;
  readonly #profiles: readonly GoodsProfile[];
  readonly #rates: ExchangeRates;
  readonly #values: readonly number[];
  readonly #freight: readonly number[];
  readonly #insurance: readonly number[];
  readonly #replaced: number[];
  readonly #lineDuty: number[];
  readonly #charges: Charge[] = [];
  readonly #covered: boolean[];
  readonly #extraWarnings: Warning[] = [];
  #duty = 0;
  #tax = 0;
  #fee = 0;

  constructor(
    program: Program,
    parcel: CustomsParcel,
    profiles: readonly GoodsProfile[],
    values: readonly number[],
    rates: ExchangeRates,
  ) {
    this.#program = program;
    this.#parcel = parcel;
    this.#profiles = profiles;
    this.#rates = rates;
    this.#values = values;
    const shared = program.needsShares && values.length > 1;
    this.#freight = shared ? allocateMinor(parcel.freightMinor, values) : [parcel.freightMinor];
    this.#insurance = shared ? allocateMinor(parcel.insuranceMinor, values) : [parcel.insuranceMinor];
    this.#replaced = values.map(() => 0);
    this.#lineDuty = values.map(() => 0);
    this.#covered = values.map(() => false);
  }

  /** The whole bill, or why it cannot be written. */
  assess(): Result<Assessment, AssessmentFault> {
    for (const [index, rule] of this.#program.rules.entries()) {
      const fault = rule.rule.per === 'line' ? this.#chargeLines(rule, index) : this.#chargeParcel(rule, index);
      if (fault) return fail(fault);
    }
    const open = this.#covered.indexOf(false);
    if (open >= 0 && this.#parcel.channel !== 'domestic') return fail(this.#notCovered(open));
    return ok({
      charges: this.#charges,
      dutyMinor: this.#duty,
      taxMinor: this.#tax,
      feeMinor: this.#fee,
      warnings: this.#warnings(),
    });
  }

  #chargeLines(rule: CompiledRule, index: number): AssessmentFault | undefined {
    for (let line = 0; line < this.#values.length; line += 1) {
      if (!this.#profiles[line]?.touched[index]) continue;
      if (((this.#replaced[line] ?? 0) & rule.family) !== 0 || !this.#within(rule.limits, line)) continue;
      const base = this.#baseOf(rule, line);
      const priced = this.#price(rule, base, line);
      if ('code' in priced) return priced;
      this.#add(rule, base, priced, line);
      this.#replaced[line] = (this.#replaced[line] ?? 0) | rule.replaces;
      if (rule.rule.kind === 'duty') {
        this.#lineDuty[line] = (this.#lineDuty[line] ?? 0) + priced.amountMinor;
        this.#covered[line] = true;
      }
    }
    return undefined;
  }

  #chargeParcel(rule: CompiledRule, index: number): AssessmentFault | undefined {
    const touched = this.#values.flatMap((_, line) =>
      this.#profiles[line]?.touched[index] && ((this.#replaced[line] ?? 0) & rule.family) === 0 ? [line] : [],
    );
    if (touched.length === 0 || !this.#within(rule.limits)) return undefined;
    const base = this.#baseOf(rule);
    const priced = this.#price(rule, base, undefined, touched);
    if ('code' in priced) return priced;
    if (rule.rule.choose === 'highest' && !this.#isDearest(rule, priced)) return undefined;
    this.#add(rule, base, priced);
    for (let line = 0; line < this.#values.length; line += 1) {
      this.#replaced[line] = (this.#replaced[line] ?? 0) | rule.replaces;
      if (rule.rule.kind === 'duty') this.#covered[line] = true;
    }
    return undefined;
  }

  /** Keeps the dearest charge of a family: takes a cheaper earlier one off the bill, or says that this one is not it. */
  #isDearest(rule: CompiledRule, priced: Priced): boolean {
    const at = this.#charges.findIndex((charge) => charge.rule.family === rule.rule.family);
    const earlier = this.#charges[at];
    if (!earlier) return true;
    if (earlier.amountMinor >= priced.amountMinor) return false;
    this.#charges.splice(at, 1);
    this.#count(earlier.rule.kind, -earlier.amountMinor);
    return true;
  }

  #price(rule: CompiledRule, base: number, line?: number, touched: readonly number[] = []): Priced | AssessmentFault {
    const { charge } = rule;
    const own = (amountMinor: number, rate: string, more: string[] = [], confidences: Confidence[] = []): Priced => ({
      amountMinor: this.#limit(rule, amountMinor),
      rate,
      confidence:
        confidences.length === 0 ? rule.rule.confidence : weakestConfidence([rule.rule.confidence, ...confidences]),
      rows: [rule.rule.id, ...more],
    });
    switch (charge.kind) {
      case 'nothing':
        return own(0, '0%');
      case 'share': {
        const minus = charge.minus ? this.#convert(charge.minus) : 0;
        return own(Math.max(0, applyRatio(base, charge.share) - minus), charge.text);
      }
      case 'parameter': {
        const found = this.#program.parameters.get(charge.parameter);
        if (!found) return this.#missingParameter(charge.parameter);
        const { numerator, denominator } = found.share;
        const amount = charge.inside
          ? multiplyDivide(base, numerator, denominator - numerator, 'half-up')
          : applyRatio(base, found.share);
        const { id, confidence } = found.parameter;
        return own(amount, `${formatPercent(found.share)}${charge.inside ? ' inside' : ''}`, [id], [confidence]);
      }
      case 'amount': {
        const times = this.#times(charge.each, touched);
        const each = this.#convert(charge.amount);
        const text = `${formatMinor(charge.amount.minor, charge.amount.currency)} ${charge.amount.currency}`;
        return own(each * times, times === 1 ? text : `${text} x ${times}`);
      }
      case 'top-up': {
        const paid = this.#charges
          .filter((done) => done.line === line && this.#familyOf(done) & charge.over)
          .reduce((sum, done) => sum + done.amountMinor, 0);
        return own(Math.max(0, applyRatio(base, charge.share) - paid), charge.text);
      }
      case 'tariff':
        return this.#tariffDuty(rule, charge.column, base, line ?? 0, own);
    }
  }

  #tariffDuty(
    rule: CompiledRule,
    column: string,
    base: number,
    line: number,
    own: (amount: number, rate: string, rows: string[], confidences: Confidence[]) => Priced,
  ): Priced | AssessmentFault {
    const hit = this.#profiles[line]?.hit;
    const goods = this.#parcel.lines[line];
    const rate = hit && this.#program.table?.rateIn(hit.row, column);
    if (!hit || !rate || !goods) {
      return {
        code: 'no-tariff-line',
        what: `the tariff has no rate for HS ${goods?.hs ?? ''} (${rule.rule.id})`,
        mend: 'give a code of the Harmonized System',
        field: `lines[${line}].hs`,
      };
    }
    const measured = {
      valueMinor: base,
      currency: this.#parcel.currency,
      quantity: goods.quantity,
      massGrams: goods.massGrams,
    };
    const amount = dutyMinor(rate, measured, this.#rates);
    if (amount === undefined && goods.massGrams === undefined) {
      return {
        code: 'missing-measure',
        what: `the rate ${rate.text} of line ${hit.row.code} needs the mass of the goods`,
        mend: 'give massGrams for this line',
        field: `lines[${line}].massGrams`,
      };
    }
    if (amount === undefined) {
      this.#extraWarnings.push({
        code: 'rate-not-computable',
        text: `line ${hit.row.code} is charged ${rate.text}, by a measure that is not known here; only its share of the value is counted`,
      });
    }
    return own(amount ?? applyRatio(base, rate.adValorem), rate.text, [`tariff:${hit.row.code}`], [hit.confidence]);
  }

  #times(each: 'parcel' | 'heading' | 'postal-item', touched: readonly number[]): number {
    if (each === 'parcel') return 1;
    if (each === 'postal-item') return this.#parcel.postalItems;
    return new Set(touched.flatMap((line) => this.#parcel.lines[line] ?? []).map(headingKey)).size;
  }

  #limit(rule: CompiledRule, amount: number): number {
    let limited = amount;
    if (rule.minimum) limited = Math.max(limited, this.#convert(rule.minimum));
    if (rule.maximum) limited = Math.min(limited, this.#convert(rule.maximum));
    return rule.truncate ? this.#cut(limited, rule.truncate) : limited;
  }

  #baseOf(rule: CompiledRule, line?: number): number {
    let base = 0;
    for (const part of rule.base) base += this.#part(part, line);
    return rule.truncateBase ? this.#cut(base, rule.truncateBase) : base;
  }

  #part(part: string, line?: number): number {
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    switch (part) {
      case 'value':
        return line === undefined ? sum(this.#values) : (this.#values[line] ?? 0);
      case 'freight':
        return line === undefined ? this.#parcel.freightMinor : (this.#freight[line] ?? 0);
      case 'insurance':
        return line === undefined ? this.#parcel.insuranceMinor : (this.#insurance[line] ?? 0);
      case 'duty':
        return line === undefined ? this.#duty : (this.#lineDuty[line] ?? 0);
      case 'fee':
        return this.#fee;
      case 'tax':
        return this.#tax;
      case 'unit-value': {
        const quantity = this.#parcel.lines[line ?? 0]?.quantity ?? 1;
        return multiplyDivide(this.#values[line ?? 0] ?? 0, 1, quantity, 'half-up');
      }
      default:
        return this.#charges
          .filter((charge) => `rule:${charge.rule.id}` === part && (line === undefined || charge.line === line))
          .reduce((total, charge) => total + charge.amountMinor, 0);
    }
  }

  #within(limits: readonly Limit[], line?: number): boolean {
    return limits.every(({ of, amount, kind }) => {
      const perUnit = of.includes('unit-value');
      const sum = of.reduce((total, part) => total + this.#part(part, perUnit ? line : undefined), 0);
      const value = this.#rates.convertMinor(sum, this.#parcel.currency, amount.currency);
      return kind === 'at-most' ? value <= amount.minor : value > amount.minor;
    });
  }

  #convert(amount: Amount): number {
    return this.#rates.convertMinor(amount.minor, amount.currency, this.#parcel.currency);
  }

  #cut(minor: number, step: Amount): number {
    const inBook = this.#rates.convertMinor(minor, this.#parcel.currency, this.#program.bookCurrency);
    const cut = inBook - (inBook % step.minor);
    return this.#rates.convertMinor(cut, this.#program.bookCurrency, this.#parcel.currency);
  }

  #familyOf(charge: Charge): number {
    return this.#program.rules.find((rule) => rule.rule === charge.rule)?.family ?? 0;
  }

  #add(rule: CompiledRule, baseMinor: number, priced: Priced, line?: number): void {
    this.#charges.push({
      rule: rule.rule,
      name: rule.rule.name.replace('{market}', this.#parcel.market),
      ...(line === undefined ? {} : { line }),
      baseMinor,
      ...priced,
    });
    this.#count(rule.rule.kind, priced.amountMinor);
  }

  #count(kind: Charge['rule']['kind'], amount: number): void {
    if (kind === 'duty') this.#duty += amount;
    else if (kind === 'tax') this.#tax += amount;
    else this.#fee += amount;
  }

  #warnings(): readonly Warning[] {
    const found = [...this.#program.warnings, ...this.#profiles.flatMap((profile) => profile.warnings)];
    if (this.#extraWarnings.length === 0) return found;
    return [...found, ...this.#extraWarnings];
  }

  #notCovered(line: number): AssessmentFault {
    const goods = this.#parcel.lines[line];
    return {
      code: 'not-covered',
      what: `no rule on file says what duty HS ${goods?.hs} from ${goods?.origin} owes in ${this.#parcel.market} by ${this.#parcel.channel}`,
      mend: 'choose another channel, or add the rule to the book of this market',
      field: `lines[${line}]`,
    };
  }

  #missingParameter(name: string): AssessmentFault {
    return {
      code: 'missing-parameter',
      what: `the book of ${this.#parcel.market} has no ${name} in force`,
      mend: 'add the record to the book of this market',
    };
  }
}
