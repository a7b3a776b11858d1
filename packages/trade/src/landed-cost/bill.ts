import {
  allocateMinor,
  applyRatio,
  type Confidence,
  fail,
  formatMinor,
  multiplyDivide,
  ok,
  type Result,
} from '@crossparcel/units';
import type { Amount } from '../law/conditions.ts';
import { dutyMinor } from '../tariff/duty-rate.ts';
import type { Assessment, AssessmentFault, Charge, CustomsParcel, Warning } from './parcel.ts';
import type { Bound, Edge, GoodsProfile, Program, Step } from './program.ts';

interface Priced {
  readonly amountMinor: number;
  readonly rate: string;
  readonly confidence: Confidence;
  readonly rows: readonly string[];
}

const headingKey = (line: CustomsParcel['lines'][number]): string =>
  `${line.hs.slice(0, 6)}|${line.origin}|${line.description ?? ''}`;

const sum = (values: readonly number[]): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

/**
 * Computes the bill of one parcel: walks the steps once in their order, charges those that apply, and lets each see
 * what was charged before it. Every charge is rounded once; the sums are sums of rounded charges.
 */
export class Bill {
  readonly #program: Program;
  readonly #parcel: CustomsParcel;
  readonly #profiles: readonly GoodsProfile[];
  readonly #values: readonly number[];
  readonly #value: number;
  readonly #freight: readonly number[];
  readonly #insurance: readonly number[];
  readonly #replaced: number[];
  readonly #lineDuty: number[];
  readonly #charges: Charge[] = [];
  /** Families of the charges, in their order. */
  readonly #families: number[] = [];
  readonly #covered: boolean[];
  readonly #extraWarnings: Warning[] = [];
  #duty = 0;
  #tax = 0;
  #fee = 0;

  constructor(program: Program, parcel: CustomsParcel, profiles: readonly GoodsProfile[], values: readonly number[]) {
    this.#program = program;
    this.#parcel = parcel;
    this.#profiles = profiles;
    this.#values = values;
    this.#value = sum(values);
    const shared = program.needsShares && values.length > 1;
    this.#freight = shared ? allocateMinor(parcel.freightMinor, values) : [parcel.freightMinor];
    this.#insurance = shared ? allocateMinor(parcel.insuranceMinor, values) : [parcel.insuranceMinor];
    this.#replaced = new Array<number>(values.length).fill(0);
    this.#lineDuty = new Array<number>(values.length).fill(0);
    this.#covered = new Array<boolean>(values.length).fill(false);
  }

  /** The whole bill, or why it cannot be written. */
  assess(): Result<Assessment, AssessmentFault> {
    const { steps } = this.#program;
    for (let index = 0; index < steps.length; index += 1) {
      const step = steps[index] as Step;
      const fault = step.source.rule.per === 'line' ? this.#chargeLines(step, index) : this.#chargeParcel(step, index);
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

  #chargeLines(step: Step, index: number): AssessmentFault | undefined {
    const { family, replaces, rule } = step.source;
    for (let line = 0; line < this.#values.length; line += 1) {
      if (!this.#isTouched(line, index, family) || !this.#within(step.bounds, line)) continue;
      const base = this.#baseOf(step, line);
      const priced = this.#price(step, base, line, index);
      if ('code' in priced) return priced;
      this.#add(step, base, priced, line);
      this.#replaced[line] = (this.#replaced[line] ?? 0) | replaces;
      if (rule.kind === 'duty') {
        this.#lineDuty[line] = (this.#lineDuty[line] ?? 0) + priced.amountMinor;
        this.#covered[line] = true;
      }
    }
    return undefined;
  }

  #chargeParcel(step: Step, index: number): AssessmentFault | undefined {
    const { family, replaces, rule } = step.source;
    let touched = 0;
    for (let line = 0; line < this.#values.length; line += 1) if (this.#isTouched(line, index, family)) touched += 1;
    if (touched === 0 || !this.#within(step.bounds)) return undefined;
    const base = this.#baseOf(step);
    const priced = this.#price(step, base, undefined, index);
    if ('code' in priced) return priced;
    if (rule.choose === 'highest' && !this.#isDearest(step, priced)) return undefined;
    for (let line = 0; line < this.#values.length; line += 1) {
      const isTouched = this.#isTouched(line, index, family);
      if (isTouched || rule.choose === 'highest') this.#replaced[line] = (this.#replaced[line] ?? 0) | replaces;
      if (rule.kind === 'duty' && (isTouched || rule.choose === 'highest')) this.#covered[line] = true;
    }
    this.#add(step, base, priced, undefined);
    return undefined;
  }

  #isTouched(line: number, step: number, family: number): boolean {
    return this.#profiles[line]?.touched[step] === true && ((this.#replaced[line] ?? 0) & family) === 0;
  }

  /** Keeps the dearest charge of a family: takes a cheaper earlier one off the bill, or says that this one is not it. */
  #isDearest(step: Step, priced: Priced): boolean {
    const at = this.#families.indexOf(step.source.family);
    const earlier = this.#charges[at];
    if (!earlier) return true;
    if (earlier.amountMinor >= priced.amountMinor) return false;
    this.#charges.splice(at, 1);
    this.#families.splice(at, 1);
    this.#count(earlier.rule.kind, -earlier.amountMinor);
    return true;
  }

  #price(step: Step, base: number, line: number | undefined, index: number): Priced | AssessmentFault {
    const { charge } = step.source;
    switch (charge.kind) {
      case 'nothing':
        return this.#priced(step, 0);
      case 'share':
        return this.#priced(step, Math.max(0, applyRatio(base, charge.share) - step.amount));
      case 'parameter': {
        if (!step.share) return this.#missingParameter(charge.parameter);
        const { numerator, denominator } = step.share;
        return this.#priced(
          step,
          charge.inside
            ? multiplyDivide(base, numerator, denominator - numerator, 'half-up')
            : applyRatio(base, step.share),
        );
      }
      case 'amount': {
        const times = this.#times(charge.each, index, step.source.family);
        const priced = this.#priced(step, step.amount * times);
        return times === 1 ? priced : { ...priced, rate: `${step.rate} x ${times}` };
      }
      case 'top-up':
        return this.#priced(step, Math.max(0, applyRatio(base, charge.share) - this.#paid(charge.over, line)));
      case 'tariff':
        return this.#tariffDuty(step, index, base, line ?? 0);
    }
  }

  #priced(step: Step, amount: number): Priced {
    let amountMinor = amount;
    if (step.minimum !== undefined && amountMinor < step.minimum) amountMinor = step.minimum;
    if (step.maximum !== undefined && amountMinor > step.maximum) amountMinor = step.maximum;
    if (step.source.truncate) amountMinor = this.#cut(amountMinor, step.source.truncate);
    return { amountMinor, rate: step.rate, confidence: step.confidence, rows: step.rows };
  }

  /** What has been charged on a line by rules of some families. */
  #paid(families: number, line: number | undefined): number {
    let paid = 0;
    for (let at = 0; at < this.#charges.length; at += 1) {
      const charge = this.#charges[at] as Charge;
      if (charge.line === line && ((this.#families[at] ?? 0) & families) !== 0) paid += charge.amountMinor;
    }
    return paid;
  }

  #tariffDuty(step: Step, index: number, base: number, line: number): Priced | AssessmentFault {
    const terms = this.#profiles[line]?.tariff[index];
    const goods = this.#parcel.lines[line] as CustomsParcel['lines'][number];
    if (!terms) return noTariffLine(goods.hs, step.source.rule.id, line);
    const { rate, code, confidence, rows } = terms;
    const { quantity, massGrams } = goods;
    const measured = { valueMinor: base, currency: this.#parcel.currency, quantity, massGrams };
    const amount = dutyMinor(rate, measured, this.#program.rates);
    if (amount === undefined && massGrams === undefined) return missingMass(rate.text, code, line);
    if (amount === undefined) {
      this.#extraWarnings.push({
        code: 'rate-not-computable',
        text: `line ${code} is charged ${rate.text}, by a measure that is not known here; only its share of the value is counted`,
      });
    }
    const { amountMinor } = this.#priced(step, amount ?? applyRatio(base, rate.adValorem));
    return { amountMinor, rate: rate.text, confidence, rows };
  }

  #times(each: 'parcel' | 'heading' | 'postal-item', step: number, family: number): number {
    if (each === 'parcel') return 1;
    if (each === 'postal-item') return this.#parcel.postalItems;
    if (this.#values.length === 1) return 1;
    const headings = new Set<string>();
    for (const [line, goods] of this.#parcel.lines.entries()) {
      if (this.#isTouched(line, step, family)) headings.add(headingKey(goods));
    }
    return headings.size;
  }

  #baseOf(step: Step, line?: number): number {
    const { base: parts, truncateBase } = step.source;
    const base = this.#sum(parts, line);
    return truncateBase ? this.#cut(base, truncateBase) : base;
  }

  #sum(parts: readonly string[], line?: number): number {
    let total = 0;
    for (const part of parts) total += this.#part(part, line);
    return total;
  }

  #part(part: string, line?: number): number {
    switch (part) {
      case 'value':
        return line === undefined ? this.#value : (this.#values[line] ?? 0);
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
      case 'same-order':
        return this.#parcel.sameOrderMinor ?? 0;
      case 'same-day':
        return this.#parcel.sameDayMinor ?? 0;
      case 'unit-value': {
        const quantity = this.#parcel.lines[line ?? 0]?.quantity ?? 1;
        return multiplyDivide(this.#values[line ?? 0] ?? 0, 1, quantity, 'half-up');
      }
      default: {
        const id = part.slice('rule:'.length);
        const charges = this.#charges.filter(
          (done) => done.rule.id === id && (line === undefined || done.line === line),
        );
        return charges.reduce((total, charge) => total + charge.amountMinor, 0);
      }
    }
  }

  #within(bounds: readonly Bound[], line?: number): boolean {
    for (const { of, most, kind } of bounds) {
      const value = this.#sum(of, of.includes('unit-value') ? line : undefined);
      if (kind === 'at-most' ? value > most : value <= most) return false;
    }
    return true;
  }

  #cut(minor: number, step: Amount): number {
    const { rates, bookCurrency } = this.#program;
    const inBook = rates.convertMinor(minor, this.#parcel.currency, bookCurrency);
    return rates.convertMinor(inBook - (inBook % step.minor), bookCurrency, this.#parcel.currency);
  }

  #add({ source, name }: Step, baseMinor: number, priced: Priced, line: number | undefined): void {
    const { amountMinor, rate, confidence, rows } = priced;
    this.#charges.push({ rule: source.rule, name, line, baseMinor, rate, amountMinor, confidence, rows });
    this.#families.push(source.family);
    this.#count(source.rule.kind, amountMinor);
  }

  #count(kind: Charge['rule']['kind'], amount: number): void {
    if (kind === 'duty') this.#duty += amount;
    else if (kind === 'tax') this.#tax += amount;
    else this.#fee += amount;
  }

  #warnings(): readonly Warning[] {
    const found = [...this.#program.warnings];
    for (const [line, profile] of this.#profiles.entries()) {
      if (profile.warnings.length > 0 && this.#profiles.indexOf(profile) === line) found.push(...profile.warnings);
    }
    for (const edge of this.#program.edges) {
      const near = this.#nearness(edge);
      if (near) found.push(near);
    }
    found.push(...this.#extraWarnings);
    return found;
  }

  #nearness(edge: Edge): Warning | undefined {
    if (edge.of.includes('unit-value')) return undefined;
    const value = this.#sum(edge.of);
    const distance = edge.most - value;
    if (Math.abs(distance) > edge.near || !this.#touchesAny(edge.steps)) return undefined;
    const { amount } = edge.limit;
    const { rates } = this.#program;
    const text = (minor: number) => `${amount.currency} ${formatMinor(minor, amount.currency)}`;
    const away = text(Math.abs(amount.minor - rates.convertMinor(value, this.#parcel.currency, amount.currency)));
    const where = distance === 0 ? 'exactly at' : `${away} ${distance > 0 ? 'below' : 'above'}`;
    return { code: 'near-limit', text: `the value is ${where} the limit of ${text(amount.minor)} (${edge.names})` };
  }

  #touchesAny(steps: readonly number[]): boolean {
    return steps.some((step) => this.#profiles.some((profile) => profile.touched[step] === true));
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

const noTariffLine = (hs: string, rule: string, line: number): AssessmentFault => ({
  code: 'no-tariff-line',
  what: `the tariff has no rate for HS ${hs} (${rule})`,
  mend: 'give a code of the Harmonized System',
  field: `lines[${line}].hs`,
});

const missingMass = (rate: string, code: string, line: number): AssessmentFault => ({
  code: 'missing-measure',
  what: `the rate ${rate} of line ${code} needs the mass of the goods`,
  mend: 'give massGrams for this line',
  field: `lines[${line}].massGrams`,
});
