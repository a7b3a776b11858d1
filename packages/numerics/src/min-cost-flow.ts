/** A network whose cheapest flow is asked for: arcs by index, nodes 0 to `nodes` − 1. */
export interface FlowNetwork {
  readonly nodes: number;
  /** Integer supply of each node (negative is demand); they add up to nothing. */
  readonly supplies: Float64Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Integer upper bounds; Infinity is allowed. Lower bounds are nothing. */
  readonly capacities: Float64Array;
  /** Integer costs a unit, below 2^40 in size, so that sums along a path stay exact. */
  readonly costs: Float64Array;
}

/** A cheapest flow with its proof: potentials under which no arc could save anything. */
export interface CheapestFlow {
  /** Units on each arc: integers, as supplies and capacities are. */
  readonly flows: Float64Array;
  /** Price of a unit at each node; an arc with room has cost + price(from) − price(to) ≥ 0. */
  readonly prices: Float64Array;
  readonly cost: number;
  /** Units that no path could carry. */
  readonly stranded: number;
  readonly pivots: number;
}

const LOWER = 1;
const TREE = 0;
const UPPER = -1;

/** Larger than any path of true arcs, so that artificial arcs empty first. */
const artificialCost = ({ costs, nodes }: FlowNetwork): number => {
  let largest = 0;
  for (const cost of costs) largest = Math.max(largest, Math.abs(cost));
  return (largest + 1) * (nodes + 1);
};

/**
 * Network simplex for minimum-cost flow (Ahuja, Magnanti and Orlin, "Network Flows", 1993, chapter 11) with strongly
 * feasible trees, so that it never cycles, and block search for the entering arc, as Kovács ("Minimum-cost flow
 * algorithms: an experimental evaluation", 2015) found fastest. A tree is kept as children in linked lists: a pivot
 * renews potential and depth in the subtree that it moves and nowhere else.
 */
class NetworkSimplex {
  readonly #count: number;
  readonly #root: number;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #capacity: Float64Array;
  readonly #cost: Float64Array;
  readonly #flow: Float64Array;
  readonly #state: Int8Array;
  readonly #price: Float64Array;
  readonly #parent: Int32Array;
  /** Arc between a node and its parent. */
  readonly #link: Int32Array;
  readonly #depth: Int32Array;
  readonly #firstChild: Int32Array;
  readonly #nextSibling: Int32Array;
  readonly #previousSibling: Int32Array;
  readonly #block: number;
  readonly #stack: Int32Array;
  #cursor = 0;

  constructor(network: FlowNetwork) {
    const { nodes } = network;
    const arcs = network.from.length;
    this.#count = arcs + nodes;
    this.#root = nodes;
    const extended = (source: Float64Array): Float64Array => {
      const target = new Float64Array(this.#count);
      target.set(source);
      return target;
    };
    this.#from = new Int32Array(this.#count);
    this.#from.set(network.from);
    this.#to = new Int32Array(this.#count);
    this.#to.set(network.to);
    this.#capacity = extended(network.capacities);
    this.#cost = extended(network.costs);
    this.#flow = new Float64Array(this.#count);
    this.#state = new Int8Array(this.#count).fill(LOWER);
    this.#price = new Float64Array(nodes + 1);
    this.#parent = new Int32Array(nodes + 1).fill(nodes);
    this.#link = new Int32Array(nodes + 1).fill(-1);
    this.#depth = new Int32Array(nodes + 1).fill(1);
    this.#firstChild = new Int32Array(nodes + 1).fill(-1);
    this.#nextSibling = new Int32Array(nodes + 1).fill(-1);
    this.#previousSibling = new Int32Array(nodes + 1).fill(-1);
    this.#stack = new Int32Array(nodes + 1);
    this.#block = Math.max(32, Math.ceil(Math.sqrt(this.#count)));
    this.#plantArtificialTree(network, artificialCost(network));
  }

  #plantArtificialTree({ nodes, supplies }: FlowNetwork, dear: number): void {
    const arcs = this.#count - nodes;
    this.#parent[nodes] = -1;
    this.#depth[nodes] = 0;
    for (let node = 0; node < nodes; node += 1) {
      const arc = arcs + node;
      const supply = supplies[node] as number;
      // Nodes with supply send to the root and others receive from it: with nothing to send either way the arc points
      // to the root, which is what makes the first tree strongly feasible.
      const sends = supply >= 0;
      this.#from[arc] = sends ? node : nodes;
      this.#to[arc] = sends ? nodes : node;
      this.#flow[arc] = Math.abs(supply);
      this.#capacity[arc] = Number.POSITIVE_INFINITY;
      this.#cost[arc] = dear;
      this.#state[arc] = TREE;
      this.#link[node] = arc;
      this.#price[node] = sends ? -dear : dear;
      this.#adopt(nodes, node);
    }
  }

  #adopt(parent: number, child: number): void {
    const first = this.#firstChild[parent] as number;
    this.#nextSibling[child] = first;
    this.#previousSibling[child] = -1;
    if (first >= 0) this.#previousSibling[first] = child;
    this.#firstChild[parent] = child;
  }

  #release(child: number): void {
    const before = this.#previousSibling[child] as number;
    const after = this.#nextSibling[child] as number;
    if (before >= 0) this.#nextSibling[before] = after;
    else this.#firstChild[this.#parent[child] as number] = after;
    if (after >= 0) this.#previousSibling[after] = before;
  }

  /** The arc that saves most a unit within the next block that has any; −1 at the optimum. */
  #entering(): number {
    const { length } = this.#from;
    let best = -1;
    let bestSaving = 0;
    let left = this.#block;
    for (let seen = 0, arc = this.#cursor; seen < length; seen += 1, arc = arc + 1 === length ? 0 : arc + 1) {
      const state = this.#state[arc] as number;
      if (state !== TREE) {
        const reduced =
          (this.#cost[arc] as number) +
          (this.#price[this.#from[arc] as number] as number) -
          (this.#price[this.#to[arc] as number] as number);
        const saving = -state * reduced;
        if (saving > bestSaving) {
          bestSaving = saving;
          best = arc;
        }
      }
      left -= 1;
      if (left === 0) {
        if (best >= 0) {
          this.#cursor = arc;
          return best;
        }
        left = this.#block;
      }
    }
    return best;
  }

  #join(left: number, right: number): number {
    let a = left;
    let b = right;
    while (a !== b) {
      if ((this.#depth[a] as number) >= (this.#depth[b] as number)) a = this.#parent[a] as number;
      else b = this.#parent[b] as number;
    }
    return a;
  }

  /** How much more a node's link can take when flow along the cycle moves towards (`up`) or away from the root. */
  #room(node: number, up: boolean): number {
    const arc = this.#link[node] as number;
    const along = (this.#from[arc] === node) === up;
    return along ? (this.#capacity[arc] as number) - (this.#flow[arc] as number) : (this.#flow[arc] as number);
  }

  /** Pushes flow round the cycle that the arc closes and exchanges it for the arc that blocks. */
  #pivot(entering: number): void {
    const forward = this.#state[entering] === LOWER;
    const tail = (forward ? this.#from[entering] : this.#to[entering]) as number;
    const head = (forward ? this.#to[entering] : this.#from[entering]) as number;
    const join = this.#join(tail, head);
    let push = this.#capacity[entering] as number;
    let leaving = -1;
    let leavesTailSide = false;
    // The last blocking arc in the direction of the cycle, counted from the join, keeps the tree strongly feasible:
    // strictly less on the way down to the tail, less or equal on the way from the head up.
    for (let node = tail; node !== join; node = this.#parent[node] as number) {
      const room = this.#room(node, false);
      if (room < push) {
        push = room;
        leaving = node;
        leavesTailSide = true;
      }
    }
    for (let node = head; node !== join; node = this.#parent[node] as number) {
      const room = this.#room(node, true);
      if (room <= push) {
        push = room;
        leaving = node;
        leavesTailSide = false;
      }
    }
    if (push > 0) this.#augment(entering, forward ? push : -push, tail, head, join, push);
    if (leaving < 0) {
      this.#state[entering] = forward ? UPPER : LOWER;
      return;
    }
    const out = this.#link[leaving] as number;
    this.#state[out] = this.#flow[out] === 0 ? LOWER : UPPER;
    this.#state[entering] = TREE;
    this.#regraft(leavesTailSide ? tail : head, leavesTailSide ? head : tail, leaving, entering);
  }

  #augment(entering: number, signed: number, tail: number, head: number, join: number, push: number): void {
    this.#flow[entering] = (this.#flow[entering] as number) + signed;
    for (let node = tail; node !== join; node = this.#parent[node] as number) this.#shift(node, -push);
    for (let node = head; node !== join; node = this.#parent[node] as number) this.#shift(node, push);
  }

  #shift(node: number, towardsRoot: number): void {
    const arc = this.#link[node] as number;
    this.#flow[arc] = (this.#flow[arc] as number) + (this.#from[arc] === node ? towardsRoot : -towardsRoot);
  }

  /** Hangs the subtree below `cut` on `anchor` by its node `inner`, turning the path between `inner` and `cut`. */
  #regraft(inner: number, anchor: number, cut: number, entering: number): void {
    let node = inner;
    let parent = anchor;
    let link = entering;
    for (;;) {
      const oldParent = this.#parent[node] as number;
      const oldLink = this.#link[node] as number;
      this.#release(node);
      this.#parent[node] = parent;
      this.#link[node] = link;
      this.#adopt(parent, node);
      if (node === cut) break;
      parent = node;
      link = oldLink;
      node = oldParent;
    }
    this.#renew(inner);
  }

  /** Depth and price of a node and all below it, from its parent and its link. */
  #renew(top: number): void {
    let size = 1;
    this.#stack[0] = top;
    while (size > 0) {
      size -= 1;
      const node = this.#stack[size] as number;
      const parent = this.#parent[node] as number;
      const arc = this.#link[node] as number;
      const cost = this.#cost[arc] as number;
      this.#depth[node] = (this.#depth[parent] as number) + 1;
      this.#price[node] = (this.#price[parent] as number) + (this.#from[arc] === node ? -cost : cost);
      for (let child = this.#firstChild[node] as number; child >= 0; child = this.#nextSibling[child] as number) {
        this.#stack[size] = child;
        size += 1;
      }
    }
  }

  solve(): CheapestFlow {
    let pivots = 0;
    for (let arc = this.#entering(); arc >= 0; arc = this.#entering()) {
      this.#pivot(arc);
      pivots += 1;
    }
    const arcs = this.#count - this.#root;
    let cost = 0;
    let stranded = 0;
    for (let arc = 0; arc < arcs; arc += 1) cost += (this.#flow[arc] as number) * (this.#cost[arc] as number);
    for (let arc = arcs; arc < this.#count; arc += 1)
      if (this.#to[arc] === this.#root) stranded += this.#flow[arc] as number;
    return {
      flows: this.#flow.subarray(0, arcs),
      prices: this.#price.subarray(0, this.#root),
      cost,
      stranded,
      pivots,
    };
  }
}

/**
 * The cheapest flow that carries every unit it can. Pure and deterministic; integers in give integers out. Takes
 * milliseconds for thousands of arcs. Throws a RangeError when arrays disagree in length.
 */
export const cheapestFlow = (network: FlowNetwork): CheapestFlow => {
  const { nodes, supplies, from, to, capacities, costs } = network;
  const agree = [to, capacities, costs].every((array) => array.length === from.length) && supplies.length === nodes;
  if (!agree) throw new RangeError('arcs and nodes need one entry in each array');
  return new NetworkSimplex(network).solve();
};
