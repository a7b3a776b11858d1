import * as z from 'zod';
import { uuid } from '../fields.ts';

/** A seller named in a query; a seller's own key implies it. */
export const seller = { seller: uuid.optional() };
export const id = { id: uuid };
export const nothing = z.undefined();
