import { templates } from './template.ts';

/** Clothes; a larger size weighs a little more. */
export const APPAREL = templates([
  ['TEE-HEAVY', 'Cotton T-shirt, heavy', '610910', 'VN', [280, 220, 25], 240, [13.9, 21.9], 'size'],
  ['TEE-DRY', 'Running T-shirt, quick-dry', '610990', 'CN', [260, 200, 20], 150, [11.9, 17.9], 'size'],
  ['HOODIE-OVR', 'Hooded sweatshirt, oversized', '611020', 'CN', [340, 260, 70], 620, [27.9, 44.9], 'size'],
  ['KNIT-CARDI', 'Knitted cardigan, cropped', '611030', 'CN', [320, 250, 60], 430, [22.9, 36.9], 'size'],
  ['LEGGINGS', 'Leggings, seamless', '610463', 'CN', [250, 180, 30], 230, [15.9, 25.9], 'size'],
  ['WIDE-JEANS', 'Wide-leg jeans', '620462', 'VN', [360, 280, 60], 640, [28.9, 46.9], 'size'],
  ['CARGO-MEN', 'Cargo trousers, cotton', '620342', 'VN', [350, 270, 55], 560, [26.9, 42.9], 'size'],
  ['BLOUSE-TIE', 'Blouse with tie neck', '620640', 'CN', [300, 230, 30], 210, [16.9, 27.9], 'size'],
  ['LINEN-SHIRT', 'Cotton shirt, relaxed', '620520', 'IN', [310, 240, 35], 280, [19.9, 31.9], 'size'],
  ['RIB-DRESS', 'Ribbed midi dress', '610443', 'CN', [310, 240, 40], 360, [19.9, 34.9], 'size'],
  ['SUN-DRESS', 'Cotton summer dress', '620442', 'IN', [310, 240, 35], 300, [21.9, 35.9], 'size'],
  ['BIKINI-HIGH', 'Bikini, high waist', '611241', 'CN', [220, 160, 30], 150, [14.9, 24.9], 'size'],
  ['BRALETTE', 'Bralette, seamless', '621210', 'CN', [200, 150, 30], 95, [9.9, 16.9], 'size'],
  ['PYJAMA-SET', 'Satin-look pyjama set', '610832', 'CN', [300, 230, 45], 340, [18.9, 29.9], 'size'],
  ['CLOUD-SLIDE', 'Cloud slides', '640299', 'CN', [300, 200, 110], 480, [14.9, 23.9], 'size'],
]);
