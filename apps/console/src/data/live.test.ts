import { describe, expect, it } from 'vitest';
import { touchedBy } from './live.ts';

describe('a message of the stream', () => {
  it('names the queries to ask again, each once', () => {
    expect(touchedBy('{"topics":["order.accepted","plan.done","unheard.of"]}')).toEqual(['orders', 'today', 'plans']);
  });

  it('is passed over when it cannot be read', () => {
    expect(touchedBy('no json')).toEqual([]);
    expect(touchedBy('null')).toEqual([]);
    expect(touchedBy('{"topics":1}')).toEqual([]);
  });
});
