import { createClient } from '@crossparcel/api';

/** The server that served this page; the browser's cookie says who asks. */
export const client = createClient('', '', (input, init) =>
  globalThis.fetch(input, { ...init, credentials: 'same-origin' }),
);
