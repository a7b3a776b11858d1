import type { Declaration, GoodsLine } from '../declaration.ts';
import type { Label } from '../labels/label.ts';

const sender = {
  name: 'Bright Goods Co., Ltd.',
  lines: ['No. 88 Huli Avenue, Building 3', 'Xiamen, Fujian 361006'],
  country: 'CN',
  countryName: 'China',
};
const recipient = {
  name: 'Dr. Élodie Müller-Lefèvre',
  lines: ['c/o Atelier Nord', 'Hauptstraße 27, Hinterhaus 4. OG', '10827 Berlin'],
  country: 'DE',
  countryName: 'Germany',
};

/** 2026-11-22T08:00:00Z. */
const at = 1_795_334_400_000;

/** A label with an S10 identifier. */
export const label: Label = {
  identifier: { scheme: 's10', number: 'LX017032965CN' },
  sender,
  recipient,
  service: 'Tracked Letter Post',
  route: ['XMN-2', 'FRA', 'DE'],
  zone: 'DE-10',
  grossGrams: 240,
  orderReference: 'TT-577123456789012345',
  marks: ['BATTERY', 'FRAGILE'],
  at,
};

/** Three lines of goods. Their values are sums that go wrong when they are added as decimal fractions. */
export const goods: readonly GoodsLine[] = [
  {
    description: 'Ceramic mug',
    quantity: 2,
    netGrams: 640,
    value: { minor: 2510, currency: 'USD' },
    hs: '691200',
    origin: 'CN',
  },
  {
    description: 'Ring light with tripod',
    quantity: 1,
    netGrams: 385,
    value: { minor: 1999, currency: 'USD' },
    hs: '940542',
    origin: 'CN',
  },
  {
    description: 'Cotton T-shirt',
    quantity: 3,
    netGrams: 9,
    value: { minor: 20, currency: 'USD' },
    hs: '61091000',
    origin: 'VN',
  },
];

/** A CN 23 of a sale. */
export const declaration: Declaration = {
  form: 'CN 23',
  number: 'LX 017 032 965 CN',
  sender: { ...sender, customsReference: 'IM2760000742' },
  addressee: { ...recipient, contact: '+49 30 901820' },
  category: 'sale-of-goods',
  goods,
  grossGrams: 1240,
  postage: { minor: 845, currency: 'USD' },
  postingDay: 20_779,
  invoice: 'INV-2026-118',
  at,
};
