import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

const minutes = z.number().positive();

const pollingSchema = z
  .strictObject({
    /** How often a flight is asked for, so near its next cut-off, departure or arrival; nearest first. */
    phases: z.array(z.strictObject({ withinMin: minutes, everyMin: minutes })),
    /** How often farther away than any phase. */
    elseEveryMin: minutes,
    /** How long after its last moment a flight that nobody has seen arrive is still asked for. */
    overdueForMin: minutes,
    /** Share of a day's (and a month's) calls that may be spent at once; the rest comes back evenly with time. */
    burstShare: z.number().min(0).max(1),
  })
  .refine(({ phases }) => phases.every(({ withinMin }, at) => withinMin > (phases[at - 1]?.withinMin ?? 0)), {
    error: 'is not in order; give the nearest phase first',
    path: ['phases'],
  });

/** How feeds of flights are read: dated records, of which the last counts. */
export const feedSettingsSchema = z.array(
  z.strictObject({
    id: z.string(),
    ...datedFields,
    /** Two departures of one number and leg so near each other are one flight, retimed. */
    sameFlightWithinMin: minutes,
    polling: pollingSchema,
  }),
);
export type FeedSettings = z.infer<typeof feedSettingsSchema>[number];
export type PollingSettings = FeedSettings['polling'];
