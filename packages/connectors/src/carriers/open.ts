import * as z from 'zod';
import type { Carrier } from './carrier.ts';
import type { CarrierSetting } from './setting.ts';

const secret = z.string().min(1);
const address = z.url({ protocol: /^https?$/ }).optional();
const customs = z.strictObject({ signer: secret, eelPfc: secret }).optional();

/** Schema of an account with a carrier, as a credentials file gives it. */
const carrierAccountSchema = z.discriminatedUnion('carrier', [
  z.strictObject({ carrier: z.literal('easypost'), apiKey: secret, customs, address }),
  z.strictObject({ carrier: z.literal('shippo'), apiToken: secret, customs, address }),
  z.strictObject({ carrier: z.literal('aftership'), apiKey: secret, address }),
  z.strictObject({
    carrier: z.literal('usps'),
    clientId: secret,
    clientSecret: secret,
    mailClasses: z.array(z.string()).min(1),
    payer: z
      .strictObject({ crid: secret, mid: secret, manifestMid: secret, accountType: secret, accountNumber: secret })
      .optional(),
    address,
  }),
]);
export type CarrierAccount = z.infer<typeof carrierAccountSchema>;

/** Schema of a credentials file: the accounts, one a carrier. */
export const carrierAccountsSchema = z.array(carrierAccountSchema);

/** Opens a carrier. Its adapter is loaded now, the SDK of its maker with the first call; those of others are not. */
export const openCarrier = async (account: CarrierAccount, setting: CarrierSetting): Promise<Carrier> => {
  switch (account.carrier) {
    case 'easypost':
      return new (await import('./easypost/easypost-carrier.ts')).EasyPostCarrier(account, setting);
    case 'shippo':
      return new (await import('./shippo/shippo-carrier.ts')).ShippoCarrier(account, setting);
    case 'aftership':
      return new (await import('./aftership/aftership-carrier.ts')).AfterShipCarrier(account, setting);
    case 'usps':
      return new (await import('./usps/usps-carrier.ts')).UspsCarrier(account, setting);
  }
};
