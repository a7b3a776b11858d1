/** A sum of bottom series: which ones by place, what is expected of it, and how far that may be off. */
export interface NodeMean {
  readonly members: readonly number[];
  readonly mean: number;
  readonly variance: number;
}

const MOST_ROUNDS = 500;
const CLOSE = 1e-12;

const dot = (one: Float64Array, other: Float64Array): number =>
  one.reduce((sum, value, place) => sum + value * (other[place] as number), 0);

/** S' W^-1 S times a vector, where S sums bottom series to nodes and W holds the variances of the nodes. */
const normal = (nodes: readonly NodeMean[], vector: Float64Array): Float64Array => {
  const product = new Float64Array(vector.length);
  for (const { members, variance } of nodes) {
    let sum = 0;
    for (const place of members) sum += vector[place] as number;
    for (const place of members) product[place] = (product[place] as number) + sum / variance;
  }
  return product;
};

/**
 * Means of the bottom series with which all nodes add up: the least change of all means, each in units of its variance (weighted
 * least squares; Wickramasuriya, Athanasopoulos and Hyndman 2019, with a diagonal covariance). Every bottom series must be a node of
 * its own too, and variances be above 0. Means below 0 become 0 (Di Fonzo and Girolimetto 2023). Solved by
 * conjugate gradients, each scaled by the diagonal (Hestenes and Stiefel 1952).
 */
export const reconciled = (bottoms: number, nodes: readonly NodeMean[]): Float64Array => {
  const diagonal = new Float64Array(bottoms);
  const target = new Float64Array(bottoms);
  for (const { members, mean, variance } of nodes) {
    for (const place of members) {
      diagonal[place] = (diagonal[place] as number) + 1 / variance;
      target[place] = (target[place] as number) + mean / variance;
    }
  }
  // Bottom series as they are expected alone are where the search starts.
  const means = new Float64Array(bottoms);
  for (const { members, mean } of nodes) if (members.length === 1) means[members[0] as number] = mean;
  const start = normal(nodes, means);
  const rest = target.map((value, place) => value - (start[place] as number));
  let scaled = rest.map((value, place) => value / (diagonal[place] as number));
  const direction = scaled.slice();
  let size = dot(rest, scaled);
  const enough =
    CLOSE *
    Math.max(
      dot(
        target,
        target.map((value, place) => value / (diagonal[place] as number)),
      ),
      CLOSE,
    );
  for (let round = 0; round < MOST_ROUNDS && size > enough; round += 1) {
    const product = normal(nodes, direction);
    const step = size / dot(direction, product);
    for (let place = 0; place < bottoms; place += 1) {
      means[place] = (means[place] as number) + step * (direction[place] as number);
      rest[place] = (rest[place] as number) - step * (product[place] as number);
    }
    scaled = rest.map((value, place) => value / (diagonal[place] as number));
    const next = dot(rest, scaled);
    for (let place = 0; place < bottoms; place += 1)
      direction[place] = (scaled[place] as number) + (next / size) * (direction[place] as number);
    size = next;
  }
  return means.map((mean) => Math.max(0, mean));
};
