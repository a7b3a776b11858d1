/** How far an order is: read off its latest version and its parcels. */
export const ORDER_STATES = ['held', 'ready', 'despatched', 'delivered', 'returned', 'cancelled'] as const;
export type OrderState = (typeof ORDER_STATES)[number];
