import { paperParty, postalDeclaration } from '@crossparcel/documents/declarations';
import { formatMinor } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { despatchedConsignment } from './consignment.ts';

const goods = fc.record({
  sku: fc.constantFrom('A', 'B', 'C'),
  description: fc.constant('Ceramic mug'),
  quantity: fc.integer({ min: 1, max: 9 }),
  netGrams: fc.nat(900),
  minor: fc.integer({ min: 1, max: 99_999 }),
  hs: fc.constantFrom('691200', ''),
  origin: fc.constantFrom('CN', 'VN'),
});
const sender = { name: 'Crossparcel XMN-1', lines: ['Xiamen'], country: 'CN', countryName: 'China' };
const addressee = { name: 'Élodie Müller', lines: ['Hauptstraße 27', '10827 Berlin'], country: 'DE' };
const recipient = {
  name: 'Élodie Müller',
  lines: ['Hauptstraße 27'],
  city: 'Berlin',
  postalCode: '10827',
  phone: '+49 30 901820',
};

describe('the data set of a despatched parcel', () => {
  it('declares the goods of the despatch: codes, quantities, masses and values, to the cent and the gram', () => {
    fc.assert(
      fc.property(fc.array(goods, { minLength: 1, maxLength: 6 }), fc.constantFrom('USD', 'JPY'), (lines, currency) => {
        const despatch = {
          ...{
            number: 'LX017032965CN',
            facility: 'XMN-1',
            carton: 'C1',
            billableGrams: 500,
            procedure: 'eu-ioss-post',
          },
          ...{ service: 's', promisedAt: '2026-11-30T00:00:00Z', currency, papers: [], legs: [] },
          goods: lines.map(({ minor, ...line }) => ({ ...line, value: formatMinor(minor, currency), handling: [] })),
        };
        const consignment = despatchedConsignment(
          { despatch, grossGrams: 9999, at: 1_795_334_400_000, invoice: 'O-1' },
          { sender, addressee, recipient },
        );
        const declared = postalDeclaration(consignment, 'CN 23', 0);
        const expected = lines.map(({ quantity, netGrams, minor, hs, origin, description }) => ({
          ...{ description, quantity, netGrams, origin, value: { minor, currency } },
          ...(hs !== '' && { hs }),
        }));
        expect(declared.goods).toEqual(expected);
        expect(declared).toMatchObject({ grossGrams: 9999, invoice: 'O-1', addressee: { contact: '+49 30 901820' } });
      }),
    );
  });

  it('keeps the address lines as they were', () => {
    const despatch = {
      ...{
        number: 'LX017032965CN',
        facility: 'XMN-1',
        carton: 'C1',
        billableGrams: 500,
        procedure: 'eu-ioss-post',
        service: 's',
      },
      ...{ promisedAt: '2026-11-30T00:00:00Z', currency: 'USD', papers: [], legs: [], goods: [] },
    };
    const { parties } = despatchedConsignment(
      { despatch, grossGrams: 1, at: 0, invoice: 'O' },
      { sender, addressee, recipient },
    );
    expect([paperParty(parties.sender), paperParty(parties.addressee)]).toEqual([sender, addressee]);
  });
});
