import * as z from 'zod';
import { routeAnswerSchema } from '../../search/route-request.ts';

/** Schema of a request whose way changed: as a plan tells it, with the event's time, the reason, and the fees so far. */
export const reroutedSchema = routeAnswerSchema.extend({ at: z.string(), reason: z.string(), fees: z.string() });
export type Rerouted = z.infer<typeof reroutedSchema>;
