import type { Session } from '@crossparcel/api';
import { type Fault, fail, ok } from '@crossparcel/units';
import type { Caller } from '../keys/caller.ts';
import type { Handlers } from './handler.ts';

const sessionOf = ({ operator, seller, scopes }: Caller): Session => ({
  operator,
  ...(seller === undefined ? {} : { seller }),
  scopes: [...scopes],
});

const KEY_UNKNOWN: Fault = {
  code: 'no-key',
  field: 'key',
  what: 'this is no valid API key',
  mend: 'give a key that was not revoked and has not expired',
};

/** Who is asking, and how a browser keeps its key. */
export const sessionHandlers: Pick<Handlers, 'session.get' | 'session.begin' | 'session.end'> = {
  'session.get': async ({ caller }) => ok(sessionOf(caller)),
  'session.begin': async ({ house, input: { body } }) => {
    const caller = await house.callers.find(body.key);
    return caller ? ok(sessionOf(caller)) : fail(KEY_UNKNOWN);
  },
  'session.end': async () => ok(undefined),
};
