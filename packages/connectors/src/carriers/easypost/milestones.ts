import type { Milestone } from '@crossparcel/trace';

/** What EasyPost's status details mean (docs.easypost.com, trackers: `status_detail`), where they say more than the status. */
const BY_DETAIL: Readonly<Record<string, Milestone>> = {
  label_created: 'announced',
  received_at_origin_facility: 'collected',
  departed_origin_facility: 'departed',
  departed_facility: 'departed',
  arrived_at_facility: 'arrived',
  arrived_at_destination: 'arrived',
  received_at_destination_facility: 'at-delivery-office',
  out_for_delivery: 'out-for-delivery',
  arrived_at_pickup_location: 'at-pickup-point',
  damaged: 'damaged',
  lost: 'lost',
  return: 'returning',
  refused: 'attempt-failed',
};

/** What its statuses mean; `in_transit`, `failure`, `error`, `cancelled` and `unknown` name no milestone by themselves. */
const BY_STATUS: Readonly<Record<string, Milestone>> = {
  pre_transit: 'announced',
  out_for_delivery: 'out-for-delivery',
  delivered: 'delivered',
  available_for_pickup: 'at-pickup-point',
  return_to_sender: 'returning',
};

/** The milestone of an event; `other` where its words say none that is known. A delivery is one whatever the detail adds. */
export const easypostMilestone = (status: string, detail: string): Milestone | 'other' => {
  if (status === 'delivered') return 'delivered';
  return BY_DETAIL[detail] ?? BY_STATUS[status] ?? 'other';
};
