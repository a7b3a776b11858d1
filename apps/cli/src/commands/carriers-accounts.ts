import { statSync } from 'node:fs';
import {
  CALL_SETTINGS,
  type Carrier,
  type CarrierAccount,
  carrierAccountsSchema,
  MemoryPurchaseStore,
  openCarrier,
  RateCardCarrier,
} from '@crossparcel/connectors/carriers';
import { Reference, readChecked } from '@crossparcel/files';
import { CardBook } from '@crossparcel/transport';
import { ExchangeRates } from '@crossparcel/units';
import { openCards } from './rate.ts';

/** The accounts of a file. That others than its owner may read it is said on stderr: it holds keys. */
const accountsIn = (file: string): CarrierAccount[] => {
  const accounts = readChecked(carrierAccountsSchema, file);
  // Elsewhere a mode says nothing about who may read.
  const isOpen = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
  if (isOpen) process.stderr.write(`${file}: holds keys and can be read by others; chmod 600 it\n`);
  return accounts;
};

/** The built-in carrier, then one for each account. Nothing is asked of any. Throws `InputError`. */
export const openCarriers = async (accountsFile: string | undefined): Promise<readonly Carrier[]> => {
  const reference = new Reference();
  const book = new CardBook(openCards(), reference.zoneTables(), new ExchangeRates(reference.worthInUsd()));
  const setting = { calls: CALL_SETTINGS, store: new MemoryPurchaseStore(), leaseMs: 60_000, now: Date.now };
  const accounts = accountsFile === undefined ? [] : accountsIn(accountsFile);
  const opened = await Promise.all(accounts.map((account) => openCarrier(account, setting)));
  return [new RateCardCarrier(book, { now: Date.now }), ...opened];
};
