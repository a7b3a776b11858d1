import { ArrivalBelief } from './arrival-belief.ts';
import { EvidenceRegression } from './evidence-regression.ts';
import type { PresaleExplanation } from './explanation.ts';
import { HitsBelief } from './hits-belief.ts';
import { type EvidenceBelief, posteriorOf, posteriorOfRows } from './launch-belief.ts';
import { asPastLaunch, outcomeOf } from './launch-outcome.ts';
import { LaunchPrior } from './launch-prior.ts';
import type { PresaleModelRecord } from './past-launch.ts';
import { PreorderBelief } from './preorder-belief.ts';
import { PresaleExplainer } from './presale-explainer.ts';
import type { PresaleLine } from './presale-line.ts';
import { ReachBelief } from './reach-belief.ts';
import { regionsOf, sightingOf } from './sighting.ts';
import { bestOrder, demandPaths } from './stock-order.ts';
import { aheadOf, costsOf, type Sent, seenIn } from './stock-position.ts';

interface Going {
  line: PresaleLine;
  readonly sent: Sent;
}

/** Answers, for launch after launch and day after day, how much stock to send by air to each region, and learns from launches that are over. */
export class PresaleDesk {
  readonly #model: PresaleModelRecord;
  readonly #prior: LaunchPrior;
  readonly #belief: EvidenceBelief;
  readonly #going = new Map<string | number, Going>();

  constructor(model: PresaleModelRecord) {
    this.#model = model;
    this.#prior = new LaunchPrior(model.launches, model.kernel, model.horizonDays);
    this.#belief = {
      preorders: new PreorderBelief(),
      arrival: new ArrivalBelief(),
      reach: new ReachBelief(),
      hits: new HitsBelief(),
      regression: new EvidenceRegression(),
    };
  }

  /** Units to send at the end of the line's day, by region. */
  answer(line: PresaleLine): Record<string, number> {
    const { sent } = this.#follow(line);
    const regions = regionsOf(line);
    const quantities = Object.fromEntries(regions.map((region) => [region, 0]));
    const arrival = line.day + line.lead;
    if (arrival < 0 || arrival >= this.#model.horizonDays) return quantities;
    const sighting = sightingOf(line, this.#model.opens);
    const posterior = posteriorOf(this.#prior, this.#belief, sighting);
    const costs = costsOf(line);
    for (const [index, region] of regions.entries()) {
      const paths = demandPaths(posterior, index, seenIn(sighting, index));
      const { quantity } = bestOrder(paths, aheadOf(sent, line, region), { arrival, costs });
      quantities[region] = quantity;
      if (quantity > 0) sent.set(region, new Map(sent.get(region)).set(arrival, quantity));
    }
    return quantities;
  }

  /** The same line explained: what is expected and what each signal adds, what to send and why, what waiting is worth. */
  explain(line: PresaleLine): PresaleExplanation {
    const before = new Map(this.#follow(line).sent);
    this.answer(line);
    const { opens, horizonDays } = this.#model;
    return new PresaleExplainer({
      prior: this.#prior,
      belief: this.#belief,
      line,
      sighting: sightingOf(line, opens),
      ahead: regionsOf(line).map((region) => aheadOf(before, line, region)),
      opens,
      horizonDays,
    }).explain();
  }

  #follow(line: PresaleLine): Going {
    const known = this.#going.get(line.launch);
    if (known) {
      known.line = line;
      return known;
    }
    for (const [launch, going] of this.#going) {
      if (!going.line.rows.some(({ day }) => day >= 0)) continue;
      this.learn(going.line);
      this.#going.delete(launch);
    }
    const going = { line, sent: new Map() };
    this.#going.set(line.launch, going);
    return going;
  }

  /** Learns from a launch that is over, or nearly so; what its last days will bring is extrapolated. */
  learn(line: PresaleLine): void {
    const sighting = sightingOf(line, this.#model.opens);
    if (!sighting.since) return;
    const { orders, views } = outcomeOf(posteriorOfRows(this.#prior, sighting), sighting.since);
    const { preorders, reach, hits } = sighting;
    if (preorders) {
      this.#belief.preorders.learn(
        preorders.byRegion.map((count, region) => ({ preorders: count, orders: orders[region] as number })),
      );
      this.#belief.arrival.learn(preorders.daily, preorders.elapsed);
      for (const day of new Set(line.evidence.map((row) => row.day)))
        if (day >= this.#model.opens && day < 0)
          this.#belief.regression.learn(sightingOf({ ...line, day }, this.#model.opens), orders);
    }
    if (reach !== undefined) this.#belief.reach.learn(Math.log(views), Math.log(reach));
    const total = orders.reduce((sum, value) => sum + value, 0);
    if (hits) this.#belief.hits.learn(Math.log(1 + total), hits);
    this.#prior.add(asPastLaunch(line, sighting, { orders, views, days: this.#model.horizonDays }));
  }
}
