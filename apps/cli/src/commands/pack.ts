import { type Fault, formatMinor, minorOfNanos, ok, type Result } from '@crossparcel/units';
import {
  type ColdCarton,
  EFFORTS,
  type PackAnswer,
  type PackedParcel,
  type PackRequest,
  packAnswerSchema,
  packRequestSchema,
} from '@crossparcel/warehouse';
import type { OptionValues, RecordCommand } from '../conventions/batch-answerer.ts';
import { PackDesk, type PackedLot, type PackedRequest, settingsOf } from './pack-desk.ts';

/** Options of all pack commands. */
export const PACK_OPTIONS = [
  { flags: '--effort <effort>', description: `${EFFORTS.join(', ')}: how much work is spent on a record (normal)` },
  { flags: '--time-limit <ms>', description: 'stop a record after so long; its answer then says "stopped"' },
  { flags: '--at <date>', description: 'the day whose rates count where a record names none' },
];

type ParcelRecord = PackAnswer['parcels'][number];

/** The carton of a parcel made ready against heat; undefined where it keeps no temperature. */
const coldOf = (parcel: PackedParcel, { cartons }: PackedLot): ColdCarton | undefined => {
  const carton = cartons.find(({ id }) => id === parcel.carton?.id);
  return carton && 'coolantGrams' in carton ? (carton as ColdCarton) : undefined;
};

const parcelRecord = (
  parcel: PackedParcel,
  lot: PackedLot,
  packed: PackedRequest,
  money: (nanos: number) => string,
): ParcelRecord => {
  const { marks, needs, dangerous, refusedBy } = packed.demands(parcel.lines.map(({ item }) => item));
  const cold = coldOf(parcel, lot);
  return {
    carton: cold?.of ?? parcel.carton?.id ?? null,
    placements: [...parcel.placements],
    grossGrams: parcel.grossGrams,
    billableGrams: packed.freight.billableGrams(parcel.outer, parcel.grossGrams),
    ...(packed.request.rate && { postage: money(parcel.postage) }),
    ...(marks.length > 0 && { marks: [...marks] }),
    ...(needs.length > 0 && { needs: [...needs] }),
    ...(dangerous.length > 0 && {
      dangerous: dangerous.map(({ unNumber, hazardClass, packingInstruction }) => ({
        unNumber,
        hazardClass,
        ...(packingInstruction !== undefined && { packingInstruction }),
      })),
    }),
    ...(refusedBy.length > 0 && { refusedBy: [...refusedBy] }),
    ...(cold && { liner: cold.liner, coolantGrams: cold.coolantGrams }),
  };
};

/** What the packed lots of a request cost; undefined where nothing has a price. */
const costsOf = (packed: PackedRequest): Pick<PackAnswer, 'currency' | 'cost' | 'bound'> => {
  const { request, freight, currency, lots, cushionPrice } = packed;
  if (currency === undefined) return {};
  const minor = (nanos: number): number => minorOfNanos(nanos, currency);
  const money = (amount: number): string => formatMinor(amount, currency);
  const parcels = lots.flatMap(({ packing }) => packing.parcels);
  const cartons = parcels.reduce((sum, parcel) => sum + minor(parcel.cartonPrice), 0);
  const postage = parcels.reduce((sum, parcel) => sum + minor(parcel.postage), 0);
  const handling = parcels.length * minor(freight.perParcel ?? 0);
  const protection = minor(cushionPrice);
  const total = cartons + postage + handling + protection;
  const bounds = lots.map(({ packing }) => packing.bound);
  const bound = bounds.every((one) => one !== undefined)
    ? bounds.reduce((sum, one) => sum + minorOfNanos(one, currency, 'down'), protection)
    : undefined;
  return {
    currency,
    cost: {
      cartons: money(cartons),
      postage: money(postage),
      ...(request.perParcel !== undefined && { handling: money(handling) }),
      ...(protection > 0 && { protection: money(protection) }),
      total: money(total),
    },
    ...(bound !== undefined && lots.length > 0 && { bound: money(Math.min(total, bound)) }),
  };
};

const answerOf = (packed: PackedRequest): PackAnswer => {
  const { request, currency, lots, treatment } = packed;
  const money = (nanos: number): string => formatMinor(minorOfNanos(nanos, currency ?? ''), currency ?? '');
  const packings = lots.map(({ packing }) => packing);
  return {
    id: request.id,
    parcels: lots.flatMap((lot) => lot.packing.parcels.map((parcel) => parcelRecord(parcel, lot, packed, money))),
    unpacked: [...treatment.refused, ...packings.flatMap(({ unpacked }) => unpacked)],
    ...costsOf(packed),
    proven: packings.length <= 1 && packings.every(({ proven }) => proven),
    ...(packings.some(({ stopped }) => stopped) && { stopped: true as const }),
    ...(treatment.unknown.length > 0 && {
      warnings: treatment.unknown.map((handling) => ({
        code: 'unknown-handling',
        text: `no rule on file says how ${handling} goods are handled; they are packed without special care`,
      })),
    }),
  };
};

const prepare = (options: OptionValues) => {
  const desk = new PackDesk(settingsOf(options));
  return (request: PackRequest): Result<PackAnswer, Fault> => {
    const packed = desk.pack(request);
    return packed.ok ? ok(answerOf(packed.value)) : packed;
  };
};

/** `crossparcel pack`: which carton or cartons, and what lies where, so that cartons and postage cost least. */
export const pack: RecordCommand<PackRequest, PackAnswer> = {
  name: 'pack',
  summary: 'cartons for orders, chosen by what they cost with postage, and where each unit lies',
  input: packRequestSchema,
  output: packAnswerSchema,
  columns: ['id', 'carton', 'grossGrams', 'billableGrams', 'postage', 'currency', 'cost.total', 'bound', 'proven'],
  each: 'parcels',
  options: PACK_OPTIONS,
  prepare,
};
