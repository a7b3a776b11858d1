import type { Generator } from '@crossparcel/numerics';
import type { SampleMarket } from '../assumptions.ts';
import { pick, Sampler } from '../draw.ts';
import { BR, MX, US } from './americas.ts';
import { ID, JP, MY, PH, SG, TH, VN } from './asia.ts';
import type { CountryWords, Town } from './country.ts';
import { DE, ES, FR, GB, IE, IT } from './europe.ts';

/** Who gets an order, and where: fictional. */
export interface SampleRecipient {
  readonly name: string;
  readonly lines: string[];
  readonly city: string;
  readonly postalCode: string;
  readonly phone?: string;
}

/** Where an order goes, as a shop tells before the label. */
export interface SampleDestination {
  readonly country: SampleMarket;
  readonly subdivision?: string;
  readonly postalPrefix: string;
}

/** A buyer of the sample shop, who may order again. */
export interface SampleBuyer {
  readonly buyerId: string;
  readonly destination: SampleDestination;
  readonly recipient: SampleRecipient;
}

const WORDS: Readonly<Record<SampleMarket, CountryWords>> = {
  US,
  GB,
  DE,
  FR,
  IT,
  ES,
  IE,
  MX,
  BR,
  JP,
  MY,
  TH,
  SG,
  VN,
  PH,
  ID,
};

const HIGHEST_HOUSE_NUMBER = 180;
const SIGNS: Readonly<Record<string, string>> = {
  '#': '0123456789',
  '@': 'ABDEFGHJLNPQRSTUWXYZ',
  '%': '0123456789ACDEFHKNPRTVWXY',
};

const towns = new Map<SampleMarket, Sampler<Town>>(
  (Object.keys(WORDS) as SampleMarket[]).map((country) => [
    country,
    new Sampler(
      WORDS[country].towns,
      WORDS[country].towns.map(([, , weight]) => weight),
    ),
  ]),
);

/** A buyer in a market: a fictional name and street, a real town, a postal code of the right form for it. */
export const sampleBuyer = (buyerId: string, country: SampleMarket, generator: Generator): SampleBuyer => {
  const words = WORDS[country];
  const town = towns.get(country)?.draw(generator);
  if (!town) throw new RangeError(`no towns in ${country}`);
  const [city, form, , subdivision] = town;
  const postalCode = filled(form, generator);
  const prefixLength = words.prefixLength ?? postalCode.indexOf(' ');
  const given = pick(generator, words.given);
  const family = pick(generator, words.family);
  const number = generator.integer(1, HIGHEST_HOUSE_NUMBER);
  const line = words.line.replace('{n}', String(number)).replace('{s}', pick(generator, words.streets));
  return {
    buyerId,
    destination: {
      country,
      ...(subdivision === undefined ? {} : { subdivision }),
      postalPrefix: postalCode.slice(0, prefixLength),
    },
    recipient: {
      name: words.familyFirst ? `${family} ${given}` : `${given} ${family}`,
      lines: [line],
      city,
      postalCode,
      ...(words.phone === undefined ? {} : { phone: filled(words.phone, generator) }),
    },
  };
};

const filled = (form: string, generator: Generator): string =>
  form.replace(/[#@%]/g, (sign) => pick(generator, [...(SIGNS[sign] ?? sign)]));
