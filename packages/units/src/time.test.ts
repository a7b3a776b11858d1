import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDay, parseDay, weekdayOf } from './calendar-day.ts';
import { formatInstant, MS_PER_DAY, readInstant } from './instant.ts';
import { TimeZone } from './time-zone.ts';
import { WorkingCalendar } from './working-calendar.ts';

const instant = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.getTime());

describe('calendar days', () => {
  it('agree with the proleptic Gregorian calendar of the platform', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const date = new Date(at);
        const day = Math.floor(at / MS_PER_DAY);
        expect(formatDay(day)).toBe(date.toISOString().slice(0, 10));
        expect(parseDay(formatDay(day))).toBe(day);
        expect(weekdayOf(day) % 7).toBe(date.getUTCDay());
      }),
    );
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '26-01-01', '2026-1-1', ''])(
    '%s is no day',
    (text) => {
      expect(parseDay(text)).toBeUndefined();
    },
  );

  it('knows leap years', () => {
    expect(parseDay('2024-02-29')).toBeDefined();
    expect(parseDay('2000-02-29')).toBeDefined();
    expect(parseDay('1900-02-29')).toBeUndefined();
  });
});

describe('instants', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(readInstant(formatInstant(at))).toEqual({ instant: at, hasOffset: true });
      }),
    );
  });

  it('understand offsets, missing seconds and missing offsets', () => {
    expect(readInstant('2026-11-22T08:00:00+08:00')?.instant).toBe(Date.parse('2026-11-22T00:00:00Z'));
    expect(readInstant('2026-11-22T08:00-05:30')?.instant).toBe(Date.parse('2026-11-22T13:30:00Z'));
    expect(readInstant('2010-12-01T08:26')).toEqual({ instant: Date.parse('2010-12-01T08:26:00Z'), hasOffset: false });
  });

  it.each(['2026-11-22', '2026-11-22T25:00:00Z', '2026-02-30T00:00:00Z', '2026-11-22T08:61:00Z', 'yesterday'])(
    '%s is no instant',
    (text) => {
      expect(readInstant(text)).toBeUndefined();
    },
  );
});

describe('time zones', () => {
  const zones = [
    'Asia/Shanghai',
    'America/New_York',
    'Europe/London',
    'America/Sao_Paulo',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
  ];

  it('give the local time that the platform gives', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (at, id) => {
        const parts = new Intl.DateTimeFormat('en-CA', {
          timeZone: id,
          hourCycle: 'h23',
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
          hour: '2-digit',
          minute: '2-digit',
        }).formatToParts(at);
        const part = (type: string) => parts.find((one) => one.type === type)?.value;
        const { day, minutes } = new TimeZone(id).local(at);
        expect(formatDay(day)).toBe(`${part('year')}-${part('month')}-${part('day')}`);
        expect(minutes).toBe(Number(part('hour')) * 60 + Number(part('minute')));
      }),
    );
  });

  it('turn a local time into the instant it names', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (at, id) => {
        const zone = new TimeZone(id);
        const { day, minutes } = zone.local(at);
        expect(zone.local(zone.instantAt(day, minutes))).toEqual({ day, minutes });
      }),
    );
  });

  it('read a skipped hour as after the change and a repeated one as its first', () => {
    const zone = new TimeZone('America/New_York');
    expect(formatInstant(zone.instantAt(parseDay('2026-03-08') as number, 150))).toBe('2026-03-08T07:30:00Z');
    expect(formatInstant(zone.instantAt(parseDay('2026-11-01') as number, 90))).toBe('2026-11-01T05:30:00Z');
  });

  it('refuse what is no zone', () => {
    expect(() => new TimeZone('Mars/Olympus')).toThrow(RangeError);
  });
});

describe('working calendars', () => {
  const calendar = new WorkingCalendar(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'], ['2026-11-26', '2026-12-25']);
  const day = (text: string) => parseDay(text) as number;

  it('skip days of rest and holidays', () => {
    expect(formatDay(calendar.workdayFrom(day('2026-11-26')))).toBe('2026-11-27');
    expect(formatDay(calendar.addWorkdays(day('2026-11-25'), 1))).toBe('2026-11-27');
    expect(formatDay(calendar.addWorkdays(day('2026-11-28'), 2))).toBe('2026-12-01');
    expect(calendar.addWorkdays(day('2026-11-29'), 0)).toBe(day('2026-11-29'));
  });

  it('count so many worked days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20_000, max: 21_000 }), fc.integer({ min: 0, max: 30 }), (from, count) => {
        const to = calendar.addWorkdays(from, count);
        let worked = 0;
        for (let at = from + 1; at <= to; at += 1) worked += Number(calendar.isWorkday(at));
        expect(worked).toBe(count);
      }),
    );
  });

  it('must have a working day', () => {
    expect(() => new WorkingCalendar([], [])).toThrow(RangeError);
  });
});
