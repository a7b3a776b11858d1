import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { LabelBook, labelRecordsSchema } from '@crossparcel/documents';
import { type IdentifierFile, identifierFileSchema } from '@crossparcel/documents/numbers';
import {
  type EstimatesRecord,
  estimatesSchema,
  type NetworkRecord,
  type NetworkReferences,
  networkSchema,
} from '@crossparcel/planning';
import {
  type AddressFormat,
  type AddressLimits,
  type Area,
  addressFormatSchema,
  addressLimitsSchema,
  areasSchema,
  choicesSchema,
  DescriptionChecker,
  type GoodsModel,
  goodsTermSchema,
  goodsWordsSchema,
  HsTable,
  Law,
  Lexicon,
  MessageBook,
  messageSchema,
  type RegistrationRule,
  type Restriction,
  type RuleBook,
  registrationRulesSchema,
  restrictionsSchema,
  ruleBookSchema,
  type ScreeningMethod,
  screeningMethodsSchema,
  TariffTable,
  tariffRowSchema,
  tariffTablesSchema,
  unpackModel,
  VagueLists,
  vagueListSchema,
} from '@crossparcel/trade';
import {
  type DelayHistoryRecord,
  delayHistorySchema,
  type FlightTermsRecord,
  flightTermsSchema,
  type LiveSettings,
  liveSettingsSchema,
  type RateCardRecord,
  type RepairTermsRecord,
  rateCardSchema,
  repairTermsSchema,
  ZoneTable,
  zoneTablesSchema,
} from '@crossparcel/transport';
import {
  ExchangeRates,
  type HandlingRule,
  handlingRulesSchema,
  type Protection,
  protectionSchema,
  type RatesByDay,
  type Ratio,
  ratioOfDecimal,
  sameEveryDay,
} from '@crossparcel/units';
import { type CartonSet, cartonSetSchema } from '@crossparcel/warehouse';
import * as z from 'zod';
import { parseCsv } from './csv.ts';
import { InputError } from './input-error.ts';
import { check, readChecked } from './read-checked.ts';
import {
  type AirportRecord,
  airportSchema,
  type ConcernThresholds,
  concernThresholdsSchema,
  exchangeRatesSchema,
  gatewaySchema,
  type MappedPlace,
  marketSchema,
  type NumberRange,
  type NumberReuse,
  numberRangesSchema,
  numberReuseSchema,
  type PostalFormLimits,
  payloadsSchema,
  postalFormsSchema,
} from './reference-records.ts';

/** The folder of dated, sourced records that ships with the product. */
export const REFERENCE = fileURLToPath(new URL('../../../reference/', import.meta.url));

/** Lists of `declarations/words` that speak of goods; the others speak of names. */
const GOODS_LISTS: readonly string[] = ['ics2-goods', 'cbp-goods'];

/** What the reference folder holds, read piece by piece as it is asked for. */
export class Reference {
  readonly #root: string;
  #rateCards: RateCardRecord[] | undefined;
  #cartonSets: CartonSet[] | undefined;

  constructor(root = REFERENCE) {
    this.#root = root;
  }

  /** The law of all markets, with amounts converted at some rates. */
  law(rates: RatesByDay = this.fixedRates()): Law {
    return new Law({
      books: [...this.ruleBooks().values()],
      areas: this.areas(),
      tariffs: this.tariffs(),
      hs: this.hsTable(),
      rates,
    });
  }

  /** Areas of several countries, such as the customs territory of a union. */
  areas(): Area[] {
    return readChecked(areasSchema, this.#path('law/areas.json'));
  }

  /** How countries write addresses. */
  addressFormats(): AddressFormat[] {
    return this.#each('addresses', (file) => [readChecked(addressFormatSchema, this.#path(`addresses/${file}`))]);
  }

  /** What a line of a label holds. */
  addressLimits(): AddressLimits {
    return this.#latest(addressLimitsSchema, 'thresholds/address-lines.json');
  }

  /** What markets forbid or ask of goods. */
  restrictions(): Restriction[] {
    return this.#each('restrictions', (file) => readChecked(restrictionsSchema, this.#path(`restrictions/${file}`)));
  }

  /** How names are compared with denied-party lists, dated. */
  screeningMethods(): ScreeningMethod[] {
    return readChecked(screeningMethodsSchema, this.#path('screening/method.json'));
  }

  /** The tariffs of which lines are known, by their names. */
  tariffs(): Map<string, TariffTable> {
    return new Map(
      readChecked(tariffTablesSchema, this.#path('tariff/tables.json')).map((record) => [
        record.id,
        new TariffTable(record, this.#rows(tariffRowSchema, `tariff/${record.file}`)),
      ]),
    );
  }

  /** The rule books, by the name of their file. */
  ruleBooks(): Map<string, RuleBook> {
    const books = this.#each('law', (file): [string, RuleBook][] =>
      file === 'areas.json'
        ? []
        : [[file.slice(0, -'.json'.length), readChecked(ruleBookSchema, this.#path(`law/${file}`))]],
    );
    return new Map(books);
  }

  /** The Harmonized System nomenclature. */
  hsTable(): HsTable {
    return new HsTable(this.#rows(z.object({ code: z.string(), description: z.string() }), 'hs/hs2022.csv'));
  }

  /** Names of goods with their subheading, and the words by which demands on them are met. */
  goodsLexicon(): Lexicon {
    return new Lexicon(
      this.#rows(goodsTermSchema, 'hs/goods-terms.csv'),
      this.#rows(goodsWordsSchema, 'hs/goods-words.csv'),
    );
  }

  /** Lists of terms that authorities refuse as descriptions, and the words that name a material. */
  descriptionChecker(): DescriptionChecker {
    const words = this.#rows(goodsWordsSchema, 'hs/goods-words.csv').filter(({ kind }) => kind === 'material');
    const materials = words.flatMap(({ concept, words: forms }) => [concept, ...forms.split(';')]);
    const stopWords = this.#vagueLists()
      .filter(({ id }) => GOODS_LISTS.includes(id))
      .flatMap(({ id, words: terms }) => terms.map((term) => ({ scope: id, term })));
    return new DescriptionChecker(stopWords, new Set(materials));
  }

  /** The trained model of goods descriptions. */
  goodsModel(): GoodsModel {
    return unpackModel(brotliDecompressSync(readFileSync(this.#path('hs/goods-model.bin'))));
  }

  /** The default network. */
  network(): NetworkRecord {
    return readChecked(networkSchema, this.#path('networks/default.json'));
  }

  /** What stands in for facts that a catalogue lacks. */
  estimates(): EstimatesRecord {
    return readChecked(estimatesSchema, this.#path('catalogue/estimates.json'));
  }

  /** Airports and markets that have coordinates. */
  places(): MappedPlace[] {
    const airports = this.#rows(gatewaySchema, 'places/gateways.csv')
      .filter(({ iata, lat }) => iata !== '' && lat !== '')
      .map(({ iata, place, unlocode, lat, lon }) => {
        const country = unlocode.slice(0, 2);
        return { id: iata, name: place, kind: 'airport' as const, country, lat: Number(lat), lon: Number(lon) };
      });
    const markets = this.#rows(marketSchema, 'places/markets.csv').map(({ country, name, lat, lon }) => {
      return { id: country, name, kind: 'market' as const, country, lat: Number(lat), lon: Number(lon) };
    });
    return [...airports, ...markets];
  }

  /** Airports of the world by their IATA codes. */
  airports(): ReadonlyMap<string, AirportRecord> {
    return new Map(this.#rows(airportSchema, 'places/airports.csv').map((airport) => [airport.iata, airport]));
  }

  /** What an aircraft of an IATA type carries, in kg. */
  payloads(): ReadonlyMap<string, number> {
    const records = readChecked(payloadsSchema, this.#path('flights/payload.json'));
    return new Map(records.map(({ aircraft, payloadKg }) => [aircraft, payloadKg]));
  }

  /** Cut-offs and connections of flights, for those who know no better. */
  flightTerms(): FlightTermsRecord[] {
    return readChecked(z.array(flightTermsSchema), this.#path('flights/terms.json'));
  }

  /** From when on something wants a person. Throws `InputError` when no record is on file. */
  concernThresholds(): ConcernThresholds {
    return this.#latest(concernThresholdsSchema, 'thresholds/concerns.json');
  }

  /** How late flights have been, and when that was told. */
  delayHistory(): DelayHistoryRecord {
    return this.#latest(z.array(delayHistorySchema), 'reliability/departures-and-arrivals.json');
  }

  /** What changes of bookings and lateness cost. */
  repairTerms(): RepairTermsRecord {
    return this.#latest(z.array(repairTermsSchema), 'reliability/repair-terms.json');
  }

  /** What a live plan weighs where the rules of the day leave it open. */
  liveSettings(): LiveSettings {
    return this.#latest(z.array(liveSettingsSchema), 'reliability/live-settings.json');
  }

  /** Up to where CN 22 will do. */
  postalFormLimits(): PostalFormLimits {
    return this.#latest(postalFormsSchema, 'thresholds/postal-forms.json');
  }

  /** What handling classes demand. */
  handlingRules(): HandlingRule[] {
    return readChecked(handlingRulesSchema, this.#path('handling/classes.json'));
  }

  /** Cushions, liners and coolants. */
  protection(): Protection {
    return readChecked(protectionSchema, this.#path('handling/protection.json'));
  }

  /** What labels are made of: how barcodes are printed, marks in their languages, the battery mark. */
  labelBook(): LabelBook {
    return new LabelBook(readChecked(labelRecordsSchema, this.#path('labels/labels.json')), this.handlingRules());
  }

  /** Ranges of numbers for those who have none of their own. */
  demoNumberRanges(): NumberRange[] {
    return readChecked(numberRangesSchema, this.#path('numbers/demo-ranges.json'));
  }

  /** When numbers may be given again. */
  numberReuse(): NumberReuse[] {
    return readChecked(numberReuseSchema, this.#path('numbers/reuse.json'));
  }

  /** Formats of identifiers and carriers' numbers, with the tables that they refer to. */
  identifiers(): IdentifierFile[] {
    return this.#each('identifiers', (file) => [readChecked(identifierFileSchema, this.#path(`identifiers/${file}`))]);
  }

  /** The messages in which customs is told of a parcel, and the choices between them. */
  messages(): MessageBook {
    const messages = this.#each('declarations/messages', (file) => [
      readChecked(messageSchema, this.#path(`declarations/messages/${file}`)),
    ]);
    const choices = readChecked(choicesSchema, this.#path('declarations/choices.json'));
    return new MessageBook(messages, choices, new VagueLists(this.#vagueLists()));
  }

  #vagueLists() {
    return this.#each('declarations/words', (file) => [
      readChecked(vagueListSchema, this.#path(`declarations/words/${file}`)),
    ]);
  }

  /** Which registrations customs messages need. */
  registrationRules(): RegistrationRule[] {
    return readChecked(registrationRulesSchema, this.#path('declarations/registrations.json'));
  }

  /** Round figures for every day, for those who give no rates of their own. */
  fixedRates(): RatesByDay {
    const caveat = 'amounts are converted at fixed, illustrative rates; give a rates file for those of the day';
    return sameEveryDay(new ExchangeRates(this.worthInUsd()), caveat);
  }

  /** Worth of each currency in USD. */
  worthInUsd(): ReadonlyMap<string, Ratio> {
    const [latest] = readChecked(exchangeRatesSchema, this.#path('exchange-rates/usd.json'));
    return new Map(Object.entries(latest?.perUnitInUSD ?? {}).map(([code, worth]) => [code, ratioOfDecimal(worth)]));
  }

  /** The rate cards of all carriers on file. */
  rateCards(): readonly RateCardRecord[] {
    this.#rateCards ??= this.#each('rate-cards', (file) => [
      readChecked(rateCardSchema, this.#path(`rate-cards/${file}`)),
    ]);
    return this.#rateCards;
  }

  /** Zones between postal codes, for the places of despatch on file. */
  zoneTables(): ZoneTable[] {
    return this.#each('zones', (file) =>
      readChecked(zoneTablesSchema, this.#path(`zones/${file}`)).map(
        (record) => new ZoneTable(record, (place) => this.#zones(record.table, place) ?? []),
      ),
    );
  }

  /** What a network file refers to. */
  networkReferences(): NetworkReferences {
    this.#cartonSets ??= this.#each('cartons', (file) => [readChecked(cartonSetSchema, this.#path(`cartons/${file}`))]);
    const [cards, sets] = [this.rateCards(), this.#cartonSets];
    const named = (name: string) => (one: { id: string; aliases?: string[] | undefined }) =>
      one.id === name || (one.aliases ?? []).includes(name);
    return {
      rateCard: (name) => cards.find(named(name)),
      cartonSet: (name) => sets.find(named(name)),
      zones: (file, column) => this.#zones(file, column),
      worthInUsd: this.worthInUsd(),
      handlingRules: this.handlingRules(),
      protection: this.protection(),
    };
  }

  #latest<Row>(schema: z.ZodType<Row[]>, name: string): Row {
    const file = this.#path(name);
    const row = readChecked(schema, file).at(-1);
    if (row !== undefined) return row;
    const fault = { code: 'empty-file', what: 'has no record', mend: 'add one' };
    throw new InputError(fault, { file, line: 1 });
  }

  #zones(file: string, column: string): (readonly [string, string])[] | undefined {
    if (!readdirSync(this.#path('zones')).includes(file)) return undefined;
    const rows = parseCsv(readFileSync(this.#path(`zones/${file}`), 'utf8'), file);
    const key = Object.keys(rows[0] ?? {})[0] ?? '';
    if (rows[0]?.[column] === undefined) return undefined;
    return rows.map((row) => [row[key] ?? '', row[column] ?? '']);
  }

  #rows<Schema extends z.ZodType>(schema: Schema, name: string): z.output<Schema>[] {
    const file = this.#path(name);
    return parseCsv(readFileSync(file, 'utf8'), file).map((row, index) => check(schema, row, file, index + 2));
  }

  #each<Read>(folder: string, read: (file: string) => Read[]): Read[] {
    return readdirSync(this.#path(folder))
      .filter((file) => file.endsWith('.json'))
      .sort()
      .flatMap(read);
  }

  #path(name: string): string {
    return join(this.#root, name);
  }
}
