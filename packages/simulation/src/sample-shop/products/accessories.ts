import { templates } from './template.ts';

/** Worn or carried. */
export const ACCESSORIES = templates([
  ['CLAW-CLIP', 'Hair claw clips, 4 pieces', '961511', 'CN', [190, 120, 60], 140, [8.9, 11.9], 'colour'],
  ['SCRUNCHIE', 'Satin scrunchies, 6 pieces', '621710', 'CN', [150, 110, 40], 70, [8.9, 10.9], 'colour'],
  ['HOOP-EAR', 'Hoop earrings, 3 pairs', '711719', 'CN', [90, 70, 25], 40, [8.9, 14.9], 'metal'],
  ['LAYER-CHAIN', 'Layered necklace', '711719', 'CN', [90, 90, 25], 45, [9.9, 16.9], 'metal'],
  ['CHARM-BRACE', 'Charm bracelet with 12 charms', '711719', 'CN', [95, 75, 30], 60, [10.9, 18.9], 'metal'],
  ['BEAD-PHONE', 'Beaded phone strap', '711790', 'CN', [120, 80, 15], 35, [8.9, 10.9], 'colour'],
  ['TOTE-CANVAS', 'Canvas tote bag', '420222', 'IN', [330, 280, 20], 200, [11.9, 17.9], 'colour'],
  ['SLING-BAG', 'Sling bag, water-repellent', '420292', 'CN', [260, 180, 50], 260, [16.9, 27.9], 'colour'],
  ['CARD-HOLDER', 'Card holder, 8 slots', '420232', 'CN', [115, 85, 20], 65, [9.9, 15.9], 'colour'],
  ['LEATHER-WALLET', 'Leather wallet, slim', '420231', 'IN', [125, 100, 25], 110, [18.9, 29.9], 'colour'],
  ['SUNGLASS', 'Sunglasses with hard case', '900410', 'CN', [170, 75, 65], 130, [12.9, 19.9], 'colour'],
  ['QUARTZ-WATCH', 'Quartz watch, mesh strap', '910211', 'CN', [110, 90, 70], 160, [22.9, 39.9], 'metal', 'battery'],
  ['BEANIE', 'Ribbed beanie', '650500', 'CN', [240, 190, 40], 110, [9.9, 15.9], 'colour'],
  ['KNIT-SCARF', 'Knitted scarf, 190 cm', '611710', 'CN', [320, 260, 60], 290, [14.9, 23.9], 'colour'],
  ['TOUCH-GLOVES', 'Touch-screen gloves', '611693', 'CN', [230, 130, 30], 75, [9.9, 14.9], 'size'],
]);
