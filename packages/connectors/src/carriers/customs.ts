import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import { isInternational, type Shipment, type ShippedGoods } from './shipment.ts';

/** Who signs customs declarations of an account, and the exemption from the export declaration that is claimed. */
export interface CustomsSigner {
  readonly signer: string;
  /** EEL or PFC code, as the carrier writes it. It is a statement to customs, so that none is taken for granted. */
  readonly eelPfc: string;
}

/**
 * What customs are to be told of a shipment: nothing within a country. Faults: `missing-goods` and `missing-customs`, as a
 * carrier would only refuse it later and with words of its own.
 */
export const customsNeeded = (
  carrier: string,
  shipment: Shipment,
  customs: CustomsSigner | undefined,
): Result<(CustomsSigner & { readonly goods: readonly ShippedGoods[] }) | undefined, Fault> => {
  if (!isInternational(shipment)) return ok(undefined);
  if (!shipment.goods) {
    const what = 'are missing for a shipment that passes a border';
    return fail({ code: 'missing-goods', field: 'goods', what, mend: 'give what lies in the parcel' });
  }
  if (!customs) {
    const what = `${carrier} asks who signs the customs declaration`;
    const mend = 'give customs.signer and customs.eelPfc of the account';
    return fail({ code: 'missing-customs', field: 'customs', what, mend });
  }
  return ok({ ...customs, goods: shipment.goods });
};
