/** Queries, by the first part of their keys, that change when something of a topic happened. */
const TOUCHED: Readonly<Record<string, readonly string[]>> = {
  'order.accepted': ['orders', 'today'],
  'order.updated': ['orders', 'today'],
  'parcel.registered': ['parcels', 'orders', 'today'],
  'event.recorded': ['parcels', 'orders', 'today'],
  'plan.done': ['plans', 'today'],
  'placement.done': ['placements'],
};

/** Which queries to ask again for a `change` message; none for a message that cannot be read. */
export const touchedBy = (data: string): readonly string[] => {
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return [];
  }
  const topics = (message as { topics?: unknown } | null)?.topics;
  if (!Array.isArray(topics)) return [];
  return [...new Set(topics.flatMap((topic) => TOUCHED[String(topic)] ?? []))];
};
