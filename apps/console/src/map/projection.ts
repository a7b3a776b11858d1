import { type GeoProjection, geoCentroid, geoNaturalEarth1 } from 'd3-geo';

/** Longitude and latitude in degrees. */
export type Point = readonly [lon: number, lat: number];

const PADDING = 36;
/** Ways inside one country are not drawn larger than this, so that the land around stays in view. */
const CLOSEST = 420;

/** A projection in which all points and the great circles between them fit into a frame, wherever on Earth they are. */
export const projectionFor = (points: readonly Point[], width: number, height: number): GeoProjection => {
  const line = { type: 'LineString' as const, coordinates: points.map(([lon, lat]) => [lon, lat]) };
  const [lon, lat] = geoCentroid(line);
  const extent: [[number, number], [number, number]] = [
    [PADDING, PADDING],
    [width - PADDING, height - PADDING],
  ];
  const projection = geoNaturalEarth1().rotate([-lon, 0]).fitExtent(extent, line);
  if (projection.scale() <= CLOSEST) return projection;
  projection.scale(CLOSEST).translate([width / 2, height / 2]);
  const [x, y] = projection([lon, lat]) ?? [width / 2, height / 2];
  return projection.translate([width - x, height - y]);
};
