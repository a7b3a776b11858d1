import { templates } from './template.ts';

/** Make-up, care and tools. */
export const BEAUTY = templates([
  ['LIP-TINT', 'Lip tint, 4 g', '330410', 'CN', [110, 30, 25], 28, [8.9, 11.9], 'shade'],
  ['LIP-OIL', 'Lip oil, 6 ml', '330410', 'KR', [115, 32, 28], 36, [9.9, 13.9], 'shade', 'liquid'],
  ['BLUSH-STICK', 'Cream blush stick, 8 g', '330499', 'CN', [120, 32, 30], 42, [9.9, 13.9], 'shade'],
  ['EYE-PALETTE', 'Eyeshadow palette, 12 pans', '330420', 'CN', [190, 90, 20], 145, [12.9, 19.9], 'shade'],
  ['SETTING-POWDER', 'Setting powder with puff, 10 g', '330491', 'CN', [85, 85, 40], 75, [10.9, 15.9], 'shade'],
  ['NAIL-PRESS', 'Press-on nails, 24 pieces, with file', '392690', 'CN', [130, 85, 20], 55, [8.9, 12.9], 'shade'],
  ['GEL-POLISH', 'Gel nail polish, 8 ml', '330430', 'CN', [85, 35, 35], 48, [8.9, 10.9], 'shade', 'liquid'],
  ['MANICURE-KIT', 'Manicure set in a case, 10 tools', '821420', 'CN', [130, 80, 30], 210, [11.9, 18.9], 'colour'],
  ['BRUSH-SET', 'Make-up brush set, 8 pieces, pouch', '960330', 'CN', [210, 100, 40], 180, [12.9, 22.9], 'colour'],
  [
    'SERUM-30',
    'Vitamin C serum, glass bottle, 30 ml',
    '330499',
    'KR',
    [120, 45, 45],
    110,
    [14.9, 24.9],
    'scent',
    'liquid fragile',
  ],
  ['HAIR-OIL', 'Hair oil, 100 ml', '330590', 'IN', [160, 50, 50], 165, [10.9, 16.9], 'scent', 'liquid'],
  ['BODY-MIST', 'Body mist, 120 ml', '330300', 'CN', [180, 50, 45], 190, [11.9, 17.9], 'scent', 'liquid'],
  ['GUA-SHA', 'Gua sha stone, rose quartz', '711620', 'CN', [120, 80, 25], 95, [8.9, 13.9], 'metal', 'fragile'],
  ['LASH-KIT', 'False eyelash kit with glue pen', '670411', 'CN', [160, 110, 30], 95, [10.9, 14.9], 'colour'],
  ['HEATLESS-CURL', 'Heatless curling rod set, satin', '961519', 'CN', [240, 110, 60], 170, [9.9, 15.9], 'colour'],
  ['BODY-BRUSH', 'Exfoliating body brush, long handle', '960329', 'VN', [380, 80, 60], 190, [9.9, 14.9], 'colour'],
]);
