import type { Milestone } from '@crossparcel/trace';

/** What Shippo's substatus codes mean (docs.goshippo.com, tracking statuses), where they say more than the status. */
const BY_SUBSTATUS: Readonly<Record<string, Milestone>> = {
  information_received: 'announced',
  package_accepted: 'collected',
  package_arrived: 'arrived',
  package_departed: 'departed',
  out_for_delivery: 'out-for-delivery',
  delivery_attempted: 'attempt-failed',
  notice_left: 'attempt-failed',
  pickup_available: 'at-pickup-point',
  package_damaged: 'damaged',
  package_lost: 'lost',
  package_disposed: 'destroyed',
  return_to_sender: 'returning',
};

/** What its statuses mean; `TRANSIT`, `FAILURE` and `UNKNOWN` name no milestone by themselves. */
const BY_STATUS: Readonly<Record<string, Milestone>> = {
  PRE_TRANSIT: 'announced',
  DELIVERED: 'delivered',
  RETURNED: 'returned',
};

/** The milestone of an event; `other` where its words say none that is known. */
export const shippoMilestone = (status: string, substatus: string): Milestone | 'other' =>
  BY_STATUS[status] ?? BY_SUBSTATUS[substatus] ?? 'other';
