export interface OrderDay {
  readonly day: string;
  readonly orders: number;
  readonly units: number;
}

const LOOK_BACK_DAYS = 14;
const TIMES_USUAL = 3;
const LEAST_ORDERS = 10;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** Days with at least three times the usual orders, which is the median of the two weeks before; small numbers do not count. */
export const spikeDays = (days: readonly OrderDay[]): OrderDay[] =>
  days.filter((day, index) => {
    const before = days.slice(Math.max(0, index - LOOK_BACK_DAYS), index).map(({ orders }) => orders);
    return before.length > 0 && day.orders >= LEAST_ORDERS && day.orders >= TIMES_USUAL * Math.max(1, median(before));
  });
