export * from './packing/carton.ts';
export * from './packing/fill.ts';
export * from './packing/goods.ts';
export * from './packing/packer.ts';
export * from './packing/tariff.ts';
