import { parseDay } from '@crossparcel/units';
import { describe, expect, it } from 'vitest';
import { MessageTable } from './message.ts';
import { MessageBook } from './message-book.ts';
import { messageData, unconfirmedElements } from './message-data.ts';
import { messagePage } from './message-page.ts';
import { type MessageRecord, messageSchema } from './message-record.ts';

const dated = {
  validFrom: '2026-01-01',
  validTo: null,
  source: 'the law',
  readOn: '2026-01-01',
  confidence: 'confirmed' as const,
};
const record: MessageRecord = messageSchema.parse({
  ...{ id: 'test', title: 'Test', authority: 'nobody', form: 'xml', root: 'Test', ...dated },
  parts: [
    {
      element: 'Kind',
      name: 'kind',
      from: 'kind',
      required: true,
      format: 'a1',
      codes: { sale: 'S' },
      paragraph: '§ 1',
    },
    { element: 'Day', name: 'day', from: 'day', format: 'n8', day: 'YYYYMMDD', paragraph: '§ 2', confidence: 'memory' },
    {
      element: 'Tax',
      name: 'tax',
      from: 'tax',
      format: 'n..5,2',
      required: [{ path: 'kind', in: ['sale'] }],
      validFrom: '2026-07-01',
      paragraph: '§ 3',
    },
    {
      ...{ element: 'Line', each: 'lines', least: 1, most: 2 },
      parts: [
        { element: 'Text', name: 'text', from: 'text', required: true, format: 'an..5', paragraph: '§ 4' },
        { element: 'Currency', name: 'currency', from: '$.currency', format: 'a3', paragraph: '§ 5' },
      ],
    },
  ],
});
const facts = {
  kind: 'sale',
  day: '2026-06-01',
  tax: '1.00',
  currency: 'EUR',
  lines: [{ text: 'one' }, { text: 'two' }],
};
const write = (change: object = {}, day = '2026-06-30') =>
  new MessageTable(record).write({ ...facts, ...change }, { day: parseDay(day) as number, convert: (minor) => minor });
const data = (change: object = {}, day?: string) => {
  const written = write(change, day);
  if (!written.ok) throw new Error(written.error.what);
  return messageData(written.value);
};
const fault = (change: object, day?: string) => {
  const written = write(change, day);
  return written.ok ? undefined : written.error;
};

describe('a message', () => {
  it('is written after its table: codes, days, groups, what is read from the whole', () => {
    expect(data()).toEqual({
      ...{ Kind: 'S', Day: '20260601' },
      Line: [
        { Text: 'one', Currency: 'EUR' },
        { Text: 'two', Currency: 'EUR' },
      ],
    });
  });

  it('has a field from its first day on, and needs it where its condition holds', () => {
    expect(data({}, '2026-07-01').Tax).toBe('1.00');
    expect(fault({ tax: undefined }, '2026-06-30')).toBeUndefined();
    expect(fault({ tax: undefined }, '2026-07-01')).toMatchObject({ code: 'declaration-field', field: 'tax' });
  });

  it.each([
    ['kind', { kind: 'theft' }],
    ['day', { day: '2026-02-30' }],
    ['lines[1].text', { lines: [{ text: 'one' }, { text: 'longer' }] }],
    ['lines[0].text', { lines: [{ text: '' }] }],
    ['lines', { lines: [] }],
    ['lines', { lines: [1, 2, 3].map(() => ({ text: 'a' })) }],
  ])('names %s when it is wrong', (field, change) => {
    expect(fault(change)?.field).toBe(field);
  });

  it('is not used before its day', () => {
    expect(fault({}, '2025-12-31')?.code).toBe('message-not-in-force');
  });

  it('tells which elements could not be confirmed, and its page marks them', () => {
    const written = write();
    expect(written.ok && unconfirmedElements(written.value)).toEqual(['Day']);
    const page = messagePage(new MessageTable(record), []);
    expect(page).toContain('5 fields, 1 of them not confirmed');
    expect(page.split('\n').filter((line) => line.includes('**not confirmed** (memory)'))).toHaveLength(1);
  });
});

describe('a choice between messages', () => {
  it('takes the first in force whose conditions hold, and tells when none does', () => {
    const choice = (message: string, more: object) => ({ ...dated, id: message, as: 'any', message, ...more });
    const other = { ...record, id: 'other' };
    const limit = { path: 'value', atMost: { amount: '10.00', currency: 'USD' } };
    const book = new MessageBook(
      [record, other],
      [choice('test', { when: [limit] }), choice('other', { validFrom: '2026-06-01' })],
    );
    const on = (day: string, value: string) => {
      // A euro is two dollars.
      const writing = { day: parseDay(day) as number, convert: (minor: number) => 2 * minor };
      const chosen = book.choose('any', { value, currency: 'EUR' }, writing);
      return chosen.ok ? chosen.value.record.id : chosen.error.code;
    };
    expect(on('2026-06-01', '5.00')).toBe('test');
    expect(on('2026-06-01', '5.01')).toBe('other');
    expect(on('2026-05-31', '5.01')).toBe('no-message');
    const unknown = book.choose('none', {}, { day: 0, convert: (minor) => minor });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'unknown-message' } });
  });
});
