/** A number, or a table of numbers, on which the sample rests: why it is what it is, and where it comes from. */
export interface Assumption<Value> {
  readonly value: Value;
  readonly why: string;
  /** The document or measurement it was read from, or `illustrative`. */
  readonly source: string;
}

const ILLUSTRATIVE = 'illustrative';
const STREAM = 'the large order stream of the benchmark: counted there on UCI Online Retail, or stated there';
const NETWORK = 'reference/networks/default.json';

const assume = <const Value>(value: Value, why: string, source: string = ILLUSTRATIVE): Assumption<Value> => ({
  value,
  why,
  source,
});

/** Every number on which the sample shop and its parcels' ways rest. Shares are from 0 to 1. */
export const SAMPLE_ASSUMPTIONS = {
  days: assume(60, 'two months: long enough for slow parcels, losses and returns to end'),
  ordersPerDay: assume(45, 'a shop that a team of three can run by hand on a quiet day'),
  newestOrderMinutes: assume(4, 'the newest order is this many minutes old, so that the shop is seen to live'),
  mostOrders: assume(6000, 'keeps an import under a few seconds; the oldest orders go first'),
  weekdayRates: assume(
    [0.95, 0.94, 0.97, 1, 1.05, 1.08, 1.01],
    'Monday to Sunday, buyer’s local day, relative: videos are watched at the end of the week',
  ),
  hourRates: assume(
    [6, 4, 2.5, 2, 2, 2.5, 4, 6, 8, 9, 10, 11, 13, 12, 11, 11, 12, 13, 15, 18, 21, 22, 18, 11],
    'hours 0 to 23 of the buyer’s local day, relative: evenings are when short videos are watched',
  ),
  markets: assume(
    {
      US: 0.45,
      GB: 0.14,
      DE: 0.07,
      FR: 0.05,
      IT: 0.04,
      ES: 0.05,
      IE: 0.01,
      MX: 0.06,
      BR: 0.05,
      JP: 0.04,
      MY: 0.01,
      TH: 0.01,
      SG: 0.005,
      VN: 0.005,
      PH: 0.005,
      ID: 0.005,
    },
    'shares of orders by market, as in the large stream, so that figures can be compared',
    STREAM,
  ),
  utcOffsets: assume(
    {
      US: -6,
      GB: 0,
      DE: 1,
      FR: 1,
      IT: 1,
      ES: 1,
      IE: 0,
      MX: -6,
      BR: -3,
      JP: 9,
      MY: 8,
      TH: 7,
      SG: 8,
      VN: 7,
      PH: 8,
      ID: 7,
      CN: 8,
      SZX: 8,
      YIW: 8,
      HKG: 8,
      PVG: 8,
      LAX: -8,
      ORD: -6,
      JFK: -5,
      LHR: 0,
      FRA: 1,
      MEX: -6,
      GRU: -3,
      NRT: 9,
      SIN: 8,
      'US-W': -8,
      'US-E': -5,
    },
    'hours ahead of UTC, one a place and without summer time: the middle of a wide country, winter; enough for hours of work',
    'public geography; one hour a country as in the large stream',
  ),
  skus: assume(
    { beauty: 60, accessories: 60, electronics: 60, apparel: 60, home: 60 },
    'about 300 in all, five categories of like size: a catalogue that can still be read',
  ),
  priceUsd: assume({ from: 8, to: 60 }, 'the band of impulse buys in short videos'),
  valueShare: assume(
    { from: 0.35, to: 0.5 },
    'catalogue value as a share of the price; the rest is margin and delivery',
  ),
  weeklyPrices: assume(
    { factors: [0.9, 0.95, 1, 1.05], weights: [10, 20, 50, 20] },
    'price of a SKU in a week relative to its list price: promotions; kept inside the price band',
    STREAM,
  ),
  massPerSize: assume(0.04, 'share of its mass by which a garment outweighs the next smaller size'),
  incompleteSkus: assume(
    { withoutHs: 4, withoutSize: 4 },
    'a handful of products lacks a fact, so that the path with estimates is seen',
  ),
  zipfExponent: assume(0.85, 'the top fifth of SKUs sells about two thirds of the units (65 % there)', STREAM),
  linesPerOrder: assume({ values: [1, 2, 3], weights: [74.9, 18.5, 6.6] }, 'different SKUs in an order', STREAM),
  unitsPerLine: assume({ values: [1, 2, 3, 4], weights: [88.5, 8.5, 2.2, 0.8] }, 'units of one SKU', STREAM),
  repeatShare: assume(0.18, 'orders from somebody who ordered before; new shops live on first buyers'),
  soonAgainShare: assume(0.25, 'of repeated orders, those by the market’s last buyer: parcels that could go together'),
  cancelledShare: assume(0.03, 'whole orders that the buyer took back'),
  cancelledLineShare: assume(0.015, 'lines taken back in orders of two lines and more'),
  held: assume(
    { share: 0.02, days: 4 },
    'of the orders of the last days the shop holds this share; it settles older holds sooner than that',
  ),
  viral: assume(
    {
      sku: 'LAMP-SUNSET',
      ordersPerDay: 2,
      factor: 300,
      startedDaysAgo: { from: 3, to: 4 },
      dayShape: [27, 13, 10, 8, 7],
      nightRate: 0.25,
      nightUntilHour: 7,
      homeMarket: 'US',
      homeShare: 0.8,
      addedShare: 0.12,
    },
    'orders of the first 24 h = factor x the mean of the 28 days before; following days by dayShape; the nights of each market at nightRate; new buyers; some add another SKU',
    'shape: drawn launches, 27 % on day 0 and 50 % by day 2; factor, market and additions as in the large stream',
  ),
  posts: assume(
    {
      ordersPerView: 0.0003,
      noise: { from: -0.1, to: 0.1 },
      likesPerView: 0.05,
      commentsPerView: 0.002,
      readAfterHours: [1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 60, 72, 84],
      knownAfterMinutes: 20,
      nextInDays: 5,
      nextReach: 900000,
    },
    'the video behind the launch, read ever more rarely; views from the orders at ordersPerView, give or take the noise (in logarithms); and a live stream to come',
    'orders a view as in the drawn launches; the rest is illustrative',
  ),
  viralBaseDays: assume(28, 'days before the launch over which the base is measured', STREAM),
  stockAbroad: assume(
    { topShare: 0.2, weeks: 4, facilities: ['US-W', 'US-E', 'GB', 'DE'] },
    'the best-selling fifth of SKUs holds four weeks of the mean sale before the launch, rounded up; MX and SG hold none',
    STREAM,
  ),
  returnRates: assume(
    { beauty: 0.02, accessories: 0.04, electronics: 0.06, apparel: 0.12, home: 0.04 },
    'share of parcels that buyers send back, by category: clothes do not fit, make-up is kept',
  ),
  meanReturnRate: assume(0.05, 'share sent back where the caller names no category'),
  buyerReturns: assume(
    { afterDays: { from: 2, to: 12 }, travelDays: { from: 3, to: 9 } },
    'days from delivery until it is handed in, and until it is back',
  ),
  lostShare: assume(0.005, 'parcels that are not seen again; lanes of the network lose 0.05 to 0.6 %', NETWORK),
  lostAfterDays: assume(30, 'days of silence after which the carrier calls it lost'),
  collection: assume(
    { fromHour: 14, toHour: 20, afterOrderMinutes: { from: 40, to: 150 } },
    'local hours of the pick-up at a facility, never sooner after the order than picking and packing take',
  ),
  exportHours: assume(
    { present: { from: 1.5, to: 4 }, release: { from: 0.5, to: 3 }, depart: { from: 4, to: 9 } },
    'hours from pick-up to export customs, to release, to take-off',
  ),
  linehaul: assume(
    { leastHours: 16, arrivesAt: { from: 0.5, to: 0.8 }, presentsAt: { from: 0.2, to: 0.6 } },
    'least hours from take-off to import release; landing as a share of that time, presentation as a share of the rest',
  ),
  customsHold: assume(
    { share: 0.02, byCountry: { BR: 0.06, MX: 0.04 }, afterHours: { from: 0.5, to: 2 }, days: { from: 2, to: 7 } },
    'share of parcels that import customs stops, how long after presentation, and for how many days',
  ),
  tripSpread: assume(0.4, 'how far the quantile of the linehaul may lie from that of the whole trip'),
  localDepartHours: assume({ from: 1, to: 4 }, 'hours from pick-up at a facility abroad to its departure'),
  earlyShare: assume(0.25, 'parcels that come a day before the day by which half have come'),
  tailDays: assume(3, 'the slowest tenth comes up to this many days after the day by which nine of ten have come'),
  officeHours: assume(
    {
      customs: { from: 9, to: 18 },
      sorting: { from: 4.5, to: 7 },
      loading: { from: 7.5, to: 10 },
      door: { from: 10, to: 20 },
    },
    'local hours of release, of arrival at the delivery office, of leaving on the round, and of the door bell',
  ),
  restDays: assume({ every: [7], BR: [6, 7] }, 'ISO weekdays without delivery', NETWORK),
  attemptFailedShare: assume(0.08, 'rounds on which nobody opens'),
  afterFailure: assume(
    {
      pickupShare: 0.35,
      pickupAfterHours: { from: 1, to: 4 },
      pickupDays: { from: 1, to: 4 },
      uncollectedShare: 0.1,
      keptDays: 7,
      backAfterHours: 24,
      mostAttempts: 3,
    },
    'after a failed attempt the parcel goes to a pick-up point or out again; what stays uncollected goes back',
  ),
  scanDelayMinutes: assume({ from: 1, to: 25 }, 'from a scan to the record of it'),
  lateScans: assume(
    { share: 0.04, hours: [6, 24, 48, 96], weights: [40, 35, 20, 5], jitter: 0.5 },
    'scans that come late: hours, each up to the jitter more or less; carriers’ data is polled every 2 to 6 hours, and worse happens',
  ),
} as const;

/** The categories of the catalogue. */
export type SampleCategory = keyof (typeof SAMPLE_ASSUMPTIONS)['skus']['value'];

/** The markets of the shop. */
export type SampleMarket = keyof (typeof SAMPLE_ASSUMPTIONS)['markets']['value'];
