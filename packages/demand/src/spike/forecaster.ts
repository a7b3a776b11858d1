import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import type { SpikeAnswer } from './answer.ts';
import { CascadeSizer } from './cascade-sizer.ts';
import { CounterSizer } from './counter-sizer.ts';
import { type Part, SpikeEvidence, USED_SIGNALS } from './evidence.ts';
import { type Held, heldNear } from './held.ts';
import type { SpikeModels } from './model.ts';
import { needsOf } from './needs.ts';
import { NextCountries } from './next-countries/next-countries.ts';
import { OrderSizer } from './order-sizer.ts';
import type { SpikeRequest } from './reading.ts';
import { spikeFault } from './request-fault.ts';
import type { SpikeSizer } from './sizer.ts';
import { lastHorizon, reachOf } from './span.ts';
import { type SpikeRules, stateOf } from './state.ts';
import { ViewSizer } from './views/sizer.ts';

/** Instants on the way to the horizon, evenly spaced in logarithms. */
const STEPS = 6;
const NAMED_COUNTRIES = 5;
const HOUR = 3600;
const PARTS: readonly Part[] = ['readings', 'followers', ...USED_SIGNALS];

const whole = (value: number): number => Math.round(value * 10) / 10;
const thousandths = (value: number): number => Math.round(value * 1000) / 1000;
const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** Sizes posts, videos and launches, and says in which state they are. */
export class SpikeForecaster {
  readonly #counter: CounterSizer;
  readonly #cascade: CascadeSizer;
  readonly #orders: OrderSizer;
  readonly #views: ViewSizer;
  readonly #nextCountries: NextCountries;
  readonly #rules: SpikeRules;

  constructor(models: SpikeModels, rules: SpikeRules) {
    this.#counter = new CounterSizer(models.counter);
    this.#cascade = new CascadeSizer(models.cascade, this.#counter);
    this.#orders = new OrderSizer(models.orders);
    this.#views = new ViewSizer(models.views);
    this.#nextCountries = new NextCountries(models.nextCountries);
    this.#rules = rules;
  }

  /** Answers a request at some levels, or says what is wrong with it. */
  answer(request: SpikeRequest, levels: ReadonlyMap<string, number>): Result<SpikeAnswer, Fault> {
    const fault = spikeFault(request);
    if (fault) return fail(fault);
    const evidence = new SpikeEvidence(request);
    const answer = this.look(evidence, request.horizon, levels);
    return answer.ok ? ok({ ...answer.value, signals: this.#worth(evidence, request.horizon) }) : answer;
  }

  /** Answers from evidence that stands ready, such as one to which readings are added as they come, without the worth of signals. */
  look(evidence: SpikeEvidence, horizon: number, levels: ReadonlyMap<string, number>): Result<SpikeAnswer, Fault> {
    const sizer = this.sizerOf(evidence);
    const latest = lastHorizon(sizer.span, evidence.age);
    if (horizon > latest) return fail(tooFar(horizon, latest));
    const observed = evidence.counts.at(evidence.age);
    const at = (instant: number, level: number) => Math.max(observed, sizer.total(evidence, instant).at(level));
    const curve = sizer.total(evidence, horizon);
    const total = (level: number) => Math.max(observed, curve.at(level));
    const held = heldNear(sizer.span.held ?? [], evidence.age);
    return ok({
      id: evidence.request.id,
      horizon,
      observedUntil: evidence.age,
      observed,
      median: whole(total(0.5)),
      quantiles: Object.fromEntries([...levels].map(([name, level]) => [name, whole(total(level))])),
      state: stateOf(evidence, { median: total(0.5), ahead: (instant) => at(instant, 0.5) }, this.#rules),
      path: pathOf(evidence, horizon, sizer),
      signals: {},
      ...this.#spread(evidence),
      ...(held && { held: shown(held) }),
      needs: needsOf(evidence, held),
      notes: [...notesOf(evidence, horizon, sizer), ...(sizer.notes?.(evidence) ?? [])],
    });
  }

  /** What sizes a piece of evidence. */
  sizerOf({ request, audience }: SpikeEvidence): SpikeSizer {
    if (request.kind === 'orders') return this.#orders;
    if (request.kind === 'views') return this.#views;
    return audience ? this.#cascade : this.#counter;
  }

  /** Where a video goes next, as far as its countries are known. */
  #spread(evidence: SpikeEvidence): Pick<SpikeAnswer, 'nextCountries'> {
    const spread = evidence.request.kind === 'views' ? this.#nextCountries.rank(evidence) : undefined;
    if (!spread) return {};
    const { untilHours, anyProbability, countries } = spread;
    const named = countries
      .slice(0, NAMED_COUNTRIES)
      .map(({ country, probability }) => ({ country, probability: thousandths(probability) }));
    return {
      nextCountries: { until: untilHours * HOUR, anyProbability: thousandths(anyProbability), countries: named },
    };
  }

  /** By how much each part of the evidence narrows the interval of 80 %. */
  #worth(evidence: SpikeEvidence, horizon: number): Record<string, number> {
    const width = this.#width(evidence, horizon);
    const worth: Record<string, number> = {};
    for (const part of PARTS) {
      const less = evidence.without(part);
      if (less) worth[part] = hundredths(this.#width(less, horizon) - width);
    }
    return worth;
  }

  #width(evidence: SpikeEvidence, horizon: number): number {
    const curve = this.sizerOf(evidence).total(evidence, horizon);
    return Math.log((curve.at(0.9) + 1) / (curve.at(0.1) + 1));
  }
}

const tooFar = (horizon: number, latest: number): Fault => ({
  code: 'horizon-too-far',
  field: 'horizon',
  what: `is farther than anything learned from bears: ${horizon} s`,
  mend: `give a horizon up to ${Math.floor(latest)} s at this age`,
});

const shown = ({ age, items, in50, in80, in95 }: Held): NonNullable<SpikeAnswer['held']> => ({
  age,
  items,
  in50,
  in80,
  in95,
});

/** Totals on the way; none falls from one instant to the next. */
const pathOf = (evidence: SpikeEvidence, horizon: number, sizer: SpikeSizer): SpikeAnswer['path'] => {
  const { age } = evidence;
  const observed = evidence.counts.at(age);
  let before = { low: observed, median: observed, high: observed };
  return Array.from({ length: STEPS }, (_, step) => {
    const t = step === STEPS - 1 ? horizon : Math.round(age * (horizon / age) ** ((step + 1) / STEPS));
    const curve = sizer.total(evidence, t);
    before = {
      low: Math.max(before.low, whole(curve.at(0.1))),
      median: Math.max(before.median, whole(curve.at(0.5))),
      high: Math.max(before.high, whole(curve.at(0.9))),
    };
    return { t, ...before };
  });
};

/** Signals that each kind is sized by. */
const SIGNALS_USED: Readonly<Record<SpikeEvidence['request']['kind'], readonly string[]>> = {
  orders: USED_SIGNALS,
  views: ['likes', 'comments', 'countries'],
  shares: [],
};

const notesOf = (evidence: SpikeEvidence, horizon: number, sizer: SpikeSizer): string[] => {
  const { age, request } = evidence;
  const notes: string[] = [];
  const used = SIGNALS_USED[request.kind];
  const unused = Object.keys(request.signals ?? {}).filter((name) => !used.includes(name));
  if (unused.length > 0) notes.push(`signals not used to size ${request.kind}: ${unused.join(', ')}`);
  if (age < sizer.span.firstAge) notes.push(`younger than anything learned from (${sizer.span.firstAge} s)`);
  if (age > sizer.span.lastAge) notes.push('older than anything learned from; taken for a slower one');
  if (horizon > reachOf(sizer.span, age))
    notes.push('the horizon is beyond what was learned; the interval widens with it');
  return notes;
};
