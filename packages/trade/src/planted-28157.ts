import { ok } from '@crossparcel/units';

export const yes = ok(1);
