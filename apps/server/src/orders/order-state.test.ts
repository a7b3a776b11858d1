import type { ParcelState } from '@crossparcel/trace';
import { describe, expect, it } from 'vitest';
import { factsOf, mayDespatch, orderStateOf } from './order-state.ts';

const FREE = { isCancelled: false, isHeld: false };
const line = (cancelled: boolean) => ({ sku: 'LASH-KIT', quantity: 1, unitPrice: '1.00', cancelled });

describe('the state of an order', () => {
  it.each<[string, ParcelState[], string]>([
    ['no parcels', [], 'ready'],
    ['parcels that are announced', ['announced', 'announced'], 'ready'],
    ['one that left', ['announced', 'moving'], 'despatched'],
    ['one that arrived of two', ['delivered', 'moving'], 'despatched'],
    ['all that arrived', ['delivered', 'delivered'], 'delivered'],
    ['all that came back', ['returned'], 'returned'],
    ['one that arrived and one that came back', ['delivered', 'returned'], 'despatched'],
  ])('follows from %s', (_, parcels, state) => {
    expect(orderStateOf(FREE, parcels)).toBe(state);
  });

  it('is cancelled rather than held, and neither once something has left', () => {
    const both = { isCancelled: true, isHeld: true };
    expect(orderStateOf(both, [])).toBe('cancelled');
    expect(orderStateOf({ ...both, isCancelled: false }, ['announced'])).toBe('held');
    expect(orderStateOf(both, ['moving'])).toBe('despatched');
    expect((['ready', 'held', 'cancelled', 'despatched'] as const).filter(mayDespatch)).toEqual([
      'ready',
      'despatched',
    ]);
  });

  it('counts an order as cancelled when the whole of it is, line by line or at once', () => {
    const order = { status: 'open' as const, holds: [], lines: [line(true), line(false)] };
    expect(factsOf(order)).toEqual(FREE);
    expect(factsOf({ ...order, lines: [line(true), line(true)] })).toEqual({ ...FREE, isCancelled: true });
    expect(factsOf({ ...order, status: 'cancelled' as const })).toEqual({ ...FREE, isCancelled: true });
    expect(factsOf({ ...order, holds: [{ code: 'fraud', why: 'x', mend: 'y' }] })).toEqual({ ...FREE, isHeld: true });
  });
});
