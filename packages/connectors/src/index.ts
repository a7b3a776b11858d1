export * from './incoming-order.ts';
export * from './order-file/gather.ts';
export * from './order-file/line.ts';
export * from './tiktok-shop/index.ts';
