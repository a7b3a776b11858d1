import type { Generator } from '@crossparcel/numerics';
import type { ScreeningList } from '@crossparcel/trade';

const GIVEN =
  'mohammed ahmad ali hassan hussein ibrahim yusuf khalid omar abdul rahman karim sergei vladimir dmitri aleksandr mikhail natalia olga wei ming xiao jun hong li na jose maria juan carlos luis ana pedro john james mary robert anna kim jong min young sun thi van duc minh'.split(
    ' ',
  );
const ENDS =
  'ov ova ev sky skaya enko in ian yan vili dze zadeh pour i oglu son sen er mann stein ez es os a o e ini etti ski wicz ko uk ak ek al'.split(
    ' ',
  );
const STARTS = [
  'b',
  'br',
  'd',
  'f',
  'g',
  'gr',
  'h',
  'k',
  'kh',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  'sh',
  't',
  'tr',
  'v',
  'z',
  'ch',
  'y',
  'j',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ou', 'ya'];
const MIDDLES = ['b', 'd', 'l', 'm', 'n', 'r', 's', 't', 'k', 'z', 'rk', 'nd', 'st', 'lt', 'v', 'mb', 'gh'];
const TRADES =
  'trading shipping holding import export logistics industries petroleum mining technology bank aviation steel'.split(
    ' ',
  );

const pick = (random: Generator, list: readonly string[]): string => list[random.integer(0, list.length - 1)] as string;

/** An invented word that sounds like a family name. */
const surname = (random: Generator): string => {
  let word = pick(random, STARTS) + pick(random, VOWELS) + pick(random, MIDDLES);
  if (random.integer(0, 1) === 1) word += pick(random, VOWELS) + pick(random, MIDDLES);
  return word + pick(random, ENDS);
};

const personName = (random: Generator): string => {
  const given = [pick(random, GIVEN), ...(random.integer(0, 2) === 0 ? [pick(random, GIVEN)] : [])];
  return `${surname(random).toUpperCase()}, ${given.join(' ')}`;
};

const companyName = (random: Generator): string =>
  `${surname(random)} ${pick(random, TRADES)} ${pick(random, ['LLC', 'Ltd', 'JSC', 'Co'])}`;

/** A list of invented parties, a third of them companies, each with up to four names. */
export const inventedList = (random: Generator, size: number): ScreeningList => ({
  id: 'invented',
  version: '1',
  entries: Array.from({ length: size }, (_, id) => {
    const isCompany = id % 3 === 0;
    const names = Array.from({ length: random.integer(1, 4) }, () => ({
      name: isCompany ? companyName(random) : personName(random),
      weak: false,
    }));
    return {
      id: String(id),
      kind: isCompany ? 'entity' : 'person',
      names,
      countries: [],
      birthDates: [],
      programs: [],
    };
  }),
});

/** A name with one letter changed, dropped or doubled. */
const misspelt = (random: Generator, name: string): string => {
  const at = random.integer(1, name.length - 1);
  const between = [pick(random, VOWELS), '', (name[at] as string).repeat(2)][random.integer(0, 2)] as string;
  return name.slice(0, at) + between + name.slice(at + 1);
};

/** Names of parties as a shop sees them: most on no list, every twentieth a listed one, misspelt or turned round. */
export const inventedParties = (random: Generator, list: ScreeningList, count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    if (index % 20 > 0)
      return index % 7 === 0 ? companyName(random) : personName(random).split(', ').reverse().join(' ');
    const entry = list.entries[random.integer(0, list.entries.length - 1)];
    const name = entry?.names[0]?.name ?? '';
    return misspelt(random, name.split(', ').reverse().join(' '));
  });
