import { partyFingerprint } from './fingerprint.ts';
import type { ScreenAnswer, ScreenRequest } from './record.ts';

/**
 * One line of the decision log: what was decided when, against which versions of which lists, and on which entries. Parties
 * stand in it by fingerprint only, goods by their place in the request; nothing in it says who anybody is.
 */
export const decisionLogLine = (request: ScreenRequest, answer: ScreenAnswer, key: Uint8Array, at: string): string => {
  const hits = answer.hits.map(({ party, goods, list, listVersion, entry, score, decision, cleared }) => ({
    ...(party && { party: party.index }),
    ...(goods && { goods: goods.index }),
    list,
    listVersion,
    entry,
    score,
    decision,
    ...(cleared && { clearedBy: cleared.by, clearedOn: cleared.on }),
  }));
  return JSON.stringify({
    at,
    id: answer.id,
    decision: answer.decision,
    screenedAgainst: answer.screenedAgainst,
    parties: request.parties.map((party) => ({ role: party.role, party: partyFingerprint(key, party) })),
    goods: request.goods.length,
    hits,
    ...(answer.notes && { notes: answer.notes }),
  });
};
