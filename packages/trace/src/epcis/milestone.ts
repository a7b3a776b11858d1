import type { EpcisEvent } from './event.ts';

/** How far a parcel is after a milestone; in this vocabulary every milestone leads to exactly one. */
export const PARCEL_STATES = [
  'announced',
  'moving',
  'in-customs',
  'held',
  'out-for-delivery',
  'at-pickup-point',
  'delivered',
  'returning',
  'returned',
  'lost',
] as const;
export type ParcelState = (typeof PARCEL_STATES)[number];

interface Meaning {
  readonly type: EpcisEvent['type'];
  readonly action: EpcisEvent['action'];
  readonly bizStep: string;
  readonly disposition: string;
  readonly state: ParcelState;
}

const object = (bizStep: string, disposition: string, state: ParcelState): Meaning => ({
  type: 'ObjectEvent',
  action: 'OBSERVE',
  bizStep,
  disposition,
  state,
});

/** Terms of our own, for what the Core Business Vocabulary has no word for. */
export const OWN_TERMS = 'https://crossparcel.dev/voc/';

/**
 * The main milestones of a parcel and the EPCIS terms (CBV 2.0) that say them. The CBV has no "delivered", "out for
 * delivery" or "attempt failed"; their dispositions are terms of our own.
 */
export const MILESTONES = {
  announced: { ...object('commissioning', 'active', 'announced'), action: 'ADD' },
  collected: object('accepting', 'in_progress', 'moving'),
  'at-export-office': object('arriving', 'in_progress', 'moving'),
  bagged: { ...object('packing', 'container_closed', 'moving'), type: 'AggregationEvent', action: 'ADD' },
  unbagged: { ...object('unpacking', 'in_progress', 'moving'), type: 'AggregationEvent', action: 'DELETE' },
  'export-presented': object('inspecting', `${OWN_TERMS}export-presented`, 'in-customs'),
  'export-held': object('holding', `${OWN_TERMS}export-held`, 'held'),
  'export-released': object('inspecting', 'conformant', 'moving'),
  departed: object('departing', 'in_transit', 'moving'),
  arrived: object('arriving', 'in_transit', 'moving'),
  'import-presented': object('inspecting', `${OWN_TERMS}import-presented`, 'in-customs'),
  'import-held': object('holding', `${OWN_TERMS}import-held`, 'held'),
  'import-released': object('inspecting', `${OWN_TERMS}import-released`, 'moving'),
  'at-delivery-office': object('receiving', 'in_progress', 'moving'),
  'out-for-delivery': object('transporting', `${OWN_TERMS}out-for-delivery`, 'out-for-delivery'),
  'at-pickup-point': object('storing', 'available', 'at-pickup-point'),
  'attempt-failed': object('transporting', `${OWN_TERMS}attempt-failed`, 'moving'),
  delivered: object('accepting', `${OWN_TERMS}delivered`, 'delivered'),
  returning: object('shipping', 'returned', 'returning'),
  returned: object('receiving', 'returned', 'returned'),
  damaged: object('other', 'damaged', 'held'),
  lost: object('other', 'unknown', 'lost'),
  destroyed: object('destroying', 'destroyed', 'lost'),
} as const satisfies Readonly<Record<string, Meaning>>;

/** Name of a milestone. */
export type Milestone = keyof typeof MILESTONES;

/** All milestones, in the order in which a parcel usually passes them. */
export const MILESTONE_NAMES = Object.keys(MILESTONES) as Milestone[];

const keyOf = (type: string, bizStep = '', disposition = ''): string => `${type}|${bizStep}|${disposition}`;

const byTerms = new Map(
  MILESTONE_NAMES.map((name) => {
    const { type, bizStep, disposition } = MILESTONES[name];
    return [keyOf(type, bizStep, disposition), name];
  }),
);

/** Steps that are said by one milestone only, which is meant even where an event leaves its disposition out. */
const bySoleStep = new Map(
  MILESTONE_NAMES.filter((name) => {
    const { type, bizStep } = MILESTONES[name];
    return MILESTONE_NAMES.every(
      (other) => other === name || MILESTONES[other].type !== type || MILESTONES[other].bizStep !== bizStep,
    );
  }).map((name) => [keyOf(MILESTONES[name].type, MILESTONES[name].bizStep), name]),
);

/** CBV terms come by short name, as a GS1 web URI or as a URN; all mean the same. */
const shortTerm = (text: string | undefined): string | undefined =>
  text?.replace(/^(https:\/\/ref\.gs1\.org\/cbv\/(BizStep|Disp)-|urn:epcglobal:cbv:(bizstep|disp):)/, '');

/** The milestone that an event says, or undefined for an event that says none of them (it is kept all the same). */
export const milestoneOf = ({ type, bizStep, disposition }: EpcisEvent): Milestone | undefined =>
  disposition === undefined
    ? bySoleStep.get(keyOf(type, shortTerm(bizStep)))
    : byTerms.get(keyOf(type, shortTerm(bizStep), shortTerm(disposition)));

/** What an event needs besides its milestone. */
export interface Sighting {
  readonly milestone: Milestone;
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string;
  /** The parcels; for an aggregation the children. */
  readonly parcels: readonly string[];
  /** Bag or pallet of an aggregation. */
  readonly parent?: string;
  readonly readPoint?: string;
  readonly eventID?: string;
}

/** An EPCIS event for a milestone. */
export const eventOf = (sighting: Sighting): EpcisEvent => {
  const { type, action, bizStep, disposition } = MILESTONES[sighting.milestone];
  const common = {
    ...(sighting.eventID === undefined ? {} : { eventID: sighting.eventID }),
    eventTime: sighting.eventTime,
    eventTimeZoneOffset: sighting.eventTimeZoneOffset,
    action,
    bizStep,
    disposition,
    ...(sighting.readPoint === undefined ? {} : { readPoint: { id: sighting.readPoint } }),
  };
  if (type === 'ObjectEvent') return { type, ...common, epcList: [...sighting.parcels] };
  return {
    type,
    ...common,
    ...(sighting.parent === undefined ? {} : { parentID: sighting.parent }),
    childEPCs: [...sighting.parcels],
  };
};
