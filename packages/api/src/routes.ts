import { accessRoutes } from './routes/access.ts';
import { numbersRoutes } from './routes/numbers.ts';
import { operationsRoutes } from './routes/operations.ts';
import { ordersRoutes } from './routes/orders.ts';
import { parcelsRoutes } from './routes/parcels.ts';
import { placementsRoutes } from './routes/placements.ts';
import { planningRoutes } from './routes/planning.ts';
import { postsRoutes } from './routes/posts.ts';

/** Every route of the HTTP interface. Server, OpenAPI document and client are made from this table. */
export const routes = {
  ...ordersRoutes,
  ...planningRoutes,
  ...placementsRoutes,
  ...postsRoutes,
  ...numbersRoutes,
  ...parcelsRoutes,
  ...accessRoutes,
  ...operationsRoutes,
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
