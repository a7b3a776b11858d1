import { useElementSize } from '@mantine/hooks';
import { geoPath } from 'd3-geo';
import { useMemo } from 'react';
import { usePlaceName } from '../data/use-place-name.ts';
import { land } from './land.ts';
import css from './map.module.css';
import { projectionFor } from './projection.ts';
import { pointOf, type Stretch, stopsOf } from './ways.ts';

const HEIGHT = 260;
const LABEL_SPACE = { x: 84, y: 16 };

interface Props {
  readonly stretches: readonly Stretch[];
  readonly label: string;
}

const useDrawing = (stretches: readonly Stretch[], width: number) =>
  useMemo(() => {
    if (width < 1) return undefined;
    const stops = stopsOf(stretches);
    const projection = projectionFor(stops.map(pointOf), width, HEIGHT).clipExtent([
      [0, 0],
      [width, HEIGHT],
    ]);
    const path = geoPath(projection);
    const marks = stops.map((place, index) => {
      const [x, y] = projection([place.lon, place.lat]) ?? [0, 0];
      return { place, x, y, isEnd: index === 0 || index === stops.length - 1 };
    });
    const named: typeof marks = [];
    // Both ends are named first, then the others where there is room.
    for (const mark of [...marks].sort((a, b) => Number(b.isEnd) - Number(a.isEnd))) {
      const isFree = named.every(
        ({ x, y }) => Math.abs(x - mark.x) > LABEL_SPACE.x || Math.abs(y - mark.y) > LABEL_SPACE.y,
      );
      if (isFree) named.push(mark);
    }
    const ways = stretches.map(({ from, to, progress }) => ({
      key: `${from.id}-${to.id}`,
      progress,
      d:
        path({
          type: 'LineString',
          coordinates: [
            [from.lon, from.lat],
            [to.lon, to.lat],
          ],
        }) ?? '',
    }));
    return { land: path(land) ?? '', ways, marks, named };
  }, [stretches, width]);

/** Land, great circles between the places, and the names of the places. */
export const MapDrawing = ({ stretches, label }: Props) => {
  const nameOf = usePlaceName();
  const { ref, width } = useElementSize();
  const drawing = useDrawing(stretches, width);
  return (
    <div ref={ref}>
      <svg className={css.map} role="img" aria-label={label} viewBox={`0 0 ${Math.max(1, width)} ${HEIGHT}`}>
        {drawing && (
          <>
            <path className={css.land} d={drawing.land} />
            {drawing.ways.map(({ key, progress, d }) => (
              <path key={key} className={css.way} data-progress={progress} d={d} />
            ))}
            {drawing.marks.map(({ place, x, y }) => (
              <circle key={place.id} className={css.stop} cx={x} cy={y} r={4} />
            ))}
            {drawing.named.map(({ place, x, y }) => (
              <text
                key={place.id}
                className={css.name}
                x={Math.min(Math.max(x, 40), width - 40)}
                y={y - 10}
                textAnchor="middle"
              >
                {nameOf(place)}
              </text>
            ))}
          </>
        )}
      </svg>
    </div>
  );
};
