import { feature } from 'topojson-client';
import world from 'world-atlas/land-110m.json';

type World = Parameters<typeof feature>[0];

const { land: shape } = world.objects;

/** The land of the Earth at 1:110 000 000 (Natural Earth). */
export const land = feature(world as unknown as World, shape as unknown as World['objects'][string]);
