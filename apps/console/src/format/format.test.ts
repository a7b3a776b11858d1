import { describe, expect, it } from 'vitest';
import { clockAt, createFormat } from './format.ts';

const en = createFormat('en', 'Asia/Shanghai');
const zh = createFormat('zh-CN', 'Asia/Shanghai');
const plain = (text: string): string => text.replaceAll(/\s/g, ' ');

describe('money', () => {
  it('shows the currency and all its decimals', () => {
    expect(plain(en.money('1234.50', 'USD'))).toBe('USD 1,234.50');
    expect(plain(zh.money('1290', 'JPY'))).toBe('JPY 1,290');
  });

  it('keeps every digit of amounts that a float cannot hold', () => {
    expect(plain(en.money('90071992547409931.23', 'USD'))).toBe('USD 90,071,992,547,409,931.23');
  });

  it('shows what is no amount as it came', () => {
    expect(en.money('n/a', 'USD')).toBe('n/a USD');
  });
});

describe('masses', () => {
  it('are grams below a kilogram and kilograms above', () => {
    expect(plain(en.mass(545))).toBe('545 g');
    expect(plain(en.mass(1435))).toBe('1.44 kg');
  });
});

describe('times', () => {
  it('are of the zone, which is named', () => {
    expect(zh.dateTime('2026-11-22T16:30:00Z')).toBe('2026年11月23日 00:30');
    expect(en.zoneName).toBe('GMT+8');
  });

  it('leave plain days as they are in every zone', () => {
    expect(createFormat('en', 'America/Los_Angeles').day('2026-11-22')).toBe('Nov 22, 2026');
  });

  it('are told from now', () => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect(en.relative('2026-11-22T10:00:00Z', now)).toBe('2 hours ago');
    expect(zh.relative('2026-11-25T12:00:00Z', now)).toBe('3天后');
  });

  it('are told by the clock at the place', () => {
    expect(clockAt('2026-11-22T16:30:00Z', '+08:00')).toBe('00:30 +08:00');
    expect(clockAt('2026-11-22T16:30:00Z', '-05:30')).toBe('11:00 -05:30');
    expect(clockAt('2026-11-22T16:30:00Z', 'east')).toBeUndefined();
  });
});
