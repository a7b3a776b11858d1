export * from './packing/carton.ts';
export * from './packing/effort.ts';
export * from './packing/goods.ts';
export * from './packing/packer.ts';
export * from './packing/packing.ts';
export * from './packing/record.ts';
export * from './packing/tariff.ts';
