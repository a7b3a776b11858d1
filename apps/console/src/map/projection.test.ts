import { describe, expect, it } from 'vitest';
import { type Point, projectionFor } from './projection.ts';

const SHENZHEN: Point = [113.8, 22.6];
const HONG_KONG: Point = [113.9, 22.3];
const LOS_ANGELES: Point = [-118.4, 33.9];
const SAO_PAULO: Point = [-46.5, -23.4];
const [WIDTH, HEIGHT] = [390, 260];

const isInside = (points: readonly Point[]): boolean => {
  const projection = projectionFor(points, WIDTH, HEIGHT);
  return points.every(([lon, lat]) => {
    const [x = -1, y = -1] = projection([lon, lat]) ?? [];
    return x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT;
  });
};

describe('the projection of a way', () => {
  it('shows all places, over the Pacific and over the equator too', () => {
    expect(isInside([SHENZHEN, HONG_KONG, LOS_ANGELES])).toBe(true);
    expect(isInside([SHENZHEN, SAO_PAULO])).toBe(true);
  });

  it('goes over the Pacific without a seam: west stays left of east', () => {
    const projection = projectionFor([SHENZHEN, LOS_ANGELES], WIDTH, HEIGHT);
    expect(projection([...SHENZHEN])?.[0]).toBeLessThan(projection([...LOS_ANGELES])?.[0] ?? 0);
  });

  it('does not go closer than a country, and puts short ways in the middle', () => {
    const projection = projectionFor([SHENZHEN, HONG_KONG], WIDTH, HEIGHT);
    expect(projection.scale()).toBeLessThanOrEqual(420);
    expect(projection([...SHENZHEN])?.[0]).toBeCloseTo(WIDTH / 2, 0);
    expect(isInside([SHENZHEN])).toBe(true);
  });
});
