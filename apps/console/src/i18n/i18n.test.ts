import { CONCERNS, ORDER_STATES, PAPERS, PLAN_STATES } from '@crossparcel/api';
import { MILESTONE_NAMES, PARCEL_STATES } from '@crossparcel/trace';
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { startLanguage, wordFor } from './language.ts';
import { reasonIn } from './reasons.ts';
import { zh } from './zh.ts';

const leaves = (value: object, path = ''): [string, unknown][] =>
  Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
    typeof inner === 'object' ? leaves(inner, `${path}${key}.`) : [[path + key, inner]],
  );

describe('languages', () => {
  it('say the same things, none of them empty', () => {
    expect(
      leaves(zh)
        .map(([path]) => path)
        .sort(),
    ).toEqual(
      leaves(en)
        .map(([path]) => path)
        .sort(),
    );
    for (const [path, text] of [...leaves(en), ...leaves(zh)]) expect(text, path).not.toBe('');
  });

  it('have words for all values of the server', () => {
    for (const { orderState, parcelState, planState, milestone, concern, concernMend, paper } of [en, zh]) {
      expect(Object.keys(orderState)).toEqual([...ORDER_STATES]);
      expect(Object.keys(parcelState)).toEqual([...PARCEL_STATES]);
      expect(Object.keys(planState)).toEqual([...PLAN_STATES]);
      expect(Object.keys(milestone)).toEqual([...MILESTONE_NAMES, 'other']);
      expect(Object.keys(concern)).toEqual([...CONCERNS]);
      expect(Object.keys(concernMend)).toEqual([...CONCERNS]);
      expect(Object.keys(paper)).toEqual([...PAPERS]);
    }
  });

  it('show values that they do not know as they are', () => {
    expect(wordFor(en.orderState, 'teleported')).toBe('teleported');
    expect(wordFor(en.orderState, 'toString')).toBe('toString');
  });

  it('are chosen by the reader, else by the browser, else English', () => {
    expect(startLanguage('zh-CN', ['en'])).toBe('zh-CN');
    expect(startLanguage(null, ['fr', 'zh-Hans', 'en'])).toBe('zh-CN');
    expect(startLanguage('xx', ['fr'])).toBe('en');
  });
});

describe('reasons', () => {
  it('are translated where they are made by rule', () => {
    expect(reasonIn('zh-CN', 'too little of CLAW-4 at US-W; SZX-LAX-STD does not take battery goods')).toBe(
      'US-W 的 CLAW-4 库存不足；SZX-LAX-STD 不收带电货物',
    );
    expect(reasonIn('en', 'every line is cancelled')).toBe('every line is cancelled');
    expect(reasonIn('zh-CN', 'something new')).toBe('something new');
  });
});
