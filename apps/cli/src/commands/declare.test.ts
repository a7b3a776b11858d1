import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageXml } from '@crossparcel/documents/declarations';
import { REFERENCE, Reference } from '@crossparcel/files';
import {
  type ConsignmentRequest,
  Consolidator,
  consignmentOf,
  consignmentSchema,
  customsParcelOf,
  type Declared,
  declare,
  declareConsolidation,
  type LandedCostAnswer,
  landedCostAnswer,
  landedCostRequestOf,
  type Message,
  type MessageNode,
  messageData,
} from '@crossparcel/trade';
import fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';

const examples = fileURLToPath(new URL('../../../../examples/declare/', import.meta.url));
const reference = new Reference();
const sources = { law: reference.law(), messages: reference.messages(), rules: reference.registrationRules() };
const { law } = sources;

const readExamples = (file: string): ConsignmentRequest[] =>
  readFileSync(join(examples, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => consignmentSchema.parse(JSON.parse(line)));
const example = (file: string): ConsignmentRequest => {
  const [first] = readExamples(file);
  if (!first) throw new Error(`${file} is empty`);
  return structuredClone(first);
};

const consignment = (request: ConsignmentRequest) => {
  const read = consignmentOf(law, consignmentSchema.parse(request));
  if (!read.ok) throw new Error(`${read.error.field}: ${read.error.what}`);
  return read.value;
};
const tried = (request: ConsignmentRequest, as: string) => declare(sources, consignment(request), as);
const declared = (request: ConsignmentRequest, as: string): Declared => {
  const result = tried(request, as);
  if (!result.ok) throw new Error(`${result.error.field}: ${result.error.what}`);
  return result.value;
};
const refusal = (request: ConsignmentRequest, as: string) => {
  const result = tried(request, as);
  if (result.ok) throw new Error(`${as} was made`);
  return result.error;
};

/** All texts below elements of a name, in their order. */
const textsOf = (nodes: readonly MessageNode[], element: string): string[] =>
  nodes.flatMap((node) => {
    if ('nodes' in node) return textsOf(node.nodes, element);
    return node.element === element ? [node.text] : [];
  });
const groupsOf = (nodes: readonly MessageNode[], element: string): (readonly MessageNode[])[] =>
  nodes.flatMap((node) => ('nodes' in node && node.element === element ? [node.nodes] : []));

const validators = new Map<string, XsdValidator>();
const validatorOf = (id: string): XsdValidator => {
  const known = validators.get(id);
  if (known) return known;
  const schema = XmlDocument.fromBuffer(readFileSync(join(REFERENCE, `declarations/schemas/${id}.xsd`)));
  const validator = XsdValidator.fromDoc(schema);
  validators.set(id, validator);
  return validator;
};
/** What the schema finds wrong with a document; empty when nothing. */
const schemaFault = (id: string, xml: string): string => {
  const document = XmlDocument.fromString(xml);
  try {
    validatorOf(id).validate(document);
    return '';
  } catch (error) {
    return (error as Error).message;
  } finally {
    document.dispose();
  }
};

const XML: readonly (readonly [string, string])[] = [
  ['itmatt', 'post-eu.ndjson'],
  ['itmatt', 'post-us.ndjson'],
  ['ics2-f43', 'post-eu.ndjson'],
  ['h7', 'post-eu.ndjson'],
  ['h7', 'air-eu.ndjson'],
  ['ics2-f22', 'air-eu.ndjson'],
  ['ics2-f23', 'air-eu.ndjson'],
  ['ics2-f24', 'air-eu.ndjson'],
  ['gb-h7', 'express-gb.ndjson'],
  ['generic', 'post-eu.ndjson'],
  ['generic', 'stock-us.ndjson'],
];

describe('a declaration as XML', () => {
  it.each(XML)('%s of %s is valid by its schema', (as, file) => {
    const { message } = declared(example(file), as);
    expect(schemaFault(message.record.id, messageXml(message))).toBe('');
  });

  it('of a master air waybill is valid by its schema', () => {
    const consolidator = new Consolidator(law);
    expect(consolidator.add(consignment(example('air-eu.ndjson')))).toBeUndefined();
    const [only] = consolidator.consolidations();
    const made = only && declareConsolidation(sources, only, 'ics2-f21');
    expect(made?.ok && schemaFault('ics2-f21', messageXml(made.value.message))).toBe('');
  });

  it('of goods above the limit of Great Britain is valid by its schema', () => {
    const dear = example('express-gb.ndjson');
    dear.lines = dear.lines.map((line) => ({ ...line, value: '540.00' }));
    const { message } = declared(dear, 'gb');
    expect(message.record.id).toBe('gb-h1');
    expect(schemaFault('gb-h1', messageXml(message))).toBe('');
  });

  it('has a schema for every message that is written as XML', () => {
    const written = sources.messages.tables.filter(({ record }) => record.form === 'xml');
    const schemas = readdirSync(join(REFERENCE, 'declarations/schemas'));
    expect(written.map(({ record }) => `${record.id}.xsd`).sort()).toEqual(schemas.sort());
  });

  it.each(['itmatt', 'ics2-f43', 'h7'])('%s is refused by its schema when an element is taken out or spoilt', (as) => {
    const xml = messageXml(declared(example('post-eu.ndjson'), as).message);
    const spoilt = [
      xml.replace(/ *<Description>.*\n/, ''),
      xml.replace(/<(HsCode|HsSubheading)>\d{6}/, '<$1>69'),
      xml.replace(/<Country>DE/, '<Country>Germany'),
      xml.replace(/(<(?:GrossWeight|TotalGrossMass|GrossMass)>)/, '$1-'),
    ];
    for (const text of spoilt) {
      expect(text).not.toBe(xml);
      expect(schemaFault(as, text)).not.toBe('');
    }
  });

  it('is valid, and says what the data set says, whatever the names and the amounts are', () => {
    const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 35 });
    const line = fc.record({
      description: word,
      hs: fc.constantFrom('691200', '61091000', '9405219090'),
      cents: fc.integer({ min: 1, max: 4000 }),
      grams: fc.nat(500),
      quantity: fc.integer({ min: 1, max: 999 }),
    });
    const made = fc.record({ name: word, city: word, lines: fc.array(line, { minLength: 1, maxLength: 3 }) });
    const accepted = new Set<string>();
    fc.assert(
      fc.property(made, fc.constantFrom('itmatt', 'ics2-f43', 'h7', 'generic'), ({ name, city, lines }, as) => {
        const request = example('post-eu.ndjson');
        request.parties.addressee = { ...request.parties.addressee, name, city };
        const [model] = request.lines;
        request.lines = lines.map(({ description, hs, cents, grams, quantity }, index) => {
          const value = (cents / 100).toFixed(2);
          return {
            ...model,
            id: `l${index}`,
            description,
            hs,
            value,
            massGrams: grams,
            quantity,
            products: { merchant: 'a', manufacturer: 'b' },
          };
        });
        request.grossGrams = 2000;
        const parsed = consignmentSchema.safeParse(request);
        // Empty names and control characters stop at the edge, and say where.
        if (!parsed.success) {
          expect(parsed.error.issues[0]?.path.join('.')).toMatch(
            /^(parties\.addressee\.(name|city)|lines\.\d\.description)$/,
          );
          return;
        }
        const { message } = declared(parsed.data, as);
        const xml = messageXml(message);
        expect(schemaFault(as, xml)).toBe('');
        const document = XmlDocument.fromString(xml);
        const read = document.find('//*[local-name()="Description"]').map((node) => node.content);
        document.dispose();
        expect(read).toEqual(lines.map(({ description }) => description));
        accepted.add(as);
      }),
      { numRuns: 120 },
    );
    expect(accepted.size).toBe(4);
  });
});

/** The bill of the same parcel, as `landed-cost` answers it. */
const billOf = (request: ConsignmentRequest): LandedCostAnswer => {
  const parcel = customsParcelOf(law, landedCostRequestOf(request));
  const assessed = parcel.ok ? law.assess(parcel.value) : parcel;
  if (!parcel.ok || !assessed.ok) throw new Error('no bill');
  return landedCostAnswer(request.id, parcel.value, assessed.value);
};

/** Names of the elements that declare the same thing in different messages. */
const VALUE = ['Value', 'EnteredValue', 'TotalPrice', 'totalPrice'];
const LINES = ['Line', 'Content', 'Item', 'GoodsItem', 'InventoryList'];
const first = (nodes: readonly MessageNode[], elements: readonly string[]): string | undefined =>
  elements.flatMap((element) => textsOf(nodes, element))[0];
const kilograms = (grams: number): string => (grams / 1000).toFixed(3);

const goodsOf = ({ nodes }: Message): (readonly MessageNode[])[] => {
  const inside = groupsOf(nodes, 'HouseConsignment')[0] ?? nodes;
  return LINES.flatMap((element) => groupsOf(inside, element));
};

const CASES: readonly (readonly [string, string])[] = [
  ...['cn22', 'cn23', 'itmatt', 'ics2-f43', 'h7', 'invoice', 'generic'].map((as) => [as, 'post-eu.ndjson'] as const),
  ...['us-type13', 'itmatt', 'invoice'].map((as) => [as, 'post-us.ndjson'] as const),
  ...['us-informal', 'invoice', 'cn-9610', 'generic'].map((as) => [as, 'air-us.ndjson'] as const),
  ...['us-formal', 'cn-9810', 'invoice', 'generic'].map((as) => [as, 'stock-us.ndjson'] as const),
  ...['gb', 'generic'].map((as) => [as, 'express-gb.ndjson'] as const),
];

describe('nothing in a declaration differs from the data set and its bill', () => {
  const check = (request: ConsignmentRequest, as: string) => {
    const { message } = declared(request, as);
    const goods = goodsOf(message);
    expect(goods).toHaveLength(request.lines.length);
    for (const [index, nodes] of goods.entries()) {
      const line = request.lines[index] as ConsignmentRequest['lines'][number];
      const intrinsic = groupsOf(nodes, 'IntrinsicValue')[0];
      expect(intrinsic ? first(intrinsic, ['Amount']) : first(nodes, VALUE)).toBe(line.value);
      expect(first(nodes, ['HsCode', 'HsSubheading', 'HtsNumber', 'Hs', 'CommodityCode', 'GoodsCode', 'gcode'])).toBe(
        /^(h7|ics2|gb)/.test(as) ? line.hs?.slice(0, 6) : line.hs,
      );
      const mass = first(nodes, ['NetWeight', 'NetMass', 'GrossWeight', 'LegalQuantity']);
      if (mass !== undefined) expect(mass).toBe(kilograms(line.massGrams));
      const quantity = first(nodes, ['Quantity', 'SupplementaryUnits', 'qty']);
      if (quantity !== undefined) expect(quantity).toBe(String(line.quantity));
    }
    for (const currency of textsOf(message.nodes, 'Currency')) expect(currency).toBe(request.currency);
    const gross = first(
      message.nodes.filter((node) => 'text' in node),
      ['GrossWeight', 'GrossMass', 'TotalGrossMass'],
    );
    if (gross !== undefined) expect(gross).toBe(kilograms(request.grossGrams));
    return message;
  };

  it.each(CASES)('%s of %s', (as, file) => {
    for (const request of readExamples(file)) check(request, as);
  });

  const checkBill = (message: Message, request: ConsignmentRequest) => {
    const bill = billOf(request);
    const charges = (nodes: readonly MessageNode[]) =>
      groupsOf(nodes, 'Charge').map((one) =>
        ['Rule', 'Kind', 'Rate', 'Base', 'Amount'].map((name) => textsOf(one, name)[0]),
      );
    const billed = (line: string | undefined) =>
      bill.lines
        .filter((one) => one.line === line)
        .map(({ rule, kind, rate, base, amount }) => [rule, kind, rate, base, amount]);
    expect(charges(message.nodes)).toEqual(billed(undefined));
    for (const [index, nodes] of goodsOf(message).entries()) {
      const id = request.lines[index]?.id;
      expect(charges(nodes)).toEqual(billed(id));
    }
    const { duty, tax, fees, total } = bill.totals;
    const totals = [
      ['TotalDuty', duty],
      ['TotalTax', tax],
      ['TotalFees', fees],
      ['Total', total],
    ] as const;
    for (const [element, amount] of totals) {
      const [text] = textsOf(
        message.nodes.filter((node) => 'text' in node),
        element,
      );
      if (text !== undefined && message.record.id.startsWith('us-')) expect(text).toBe(amount);
    }
    return bill;
  };

  it.each([
    ['us-type13', 'post-us.ndjson'],
    ['us-informal', 'air-us.ndjson'],
    ['us-formal', 'stock-us.ndjson'],
    ['h7', 'post-eu.ndjson'],
    ['gb', 'express-gb.ndjson'],
    ['generic', 'air-us.ndjson'],
  ])('the charges of %s of %s are those of the bill', (as, file) => {
    for (const request of readExamples(file)) {
      const bill = checkBill(declared(request, as).message, request);
      expect(bill.lines.length).toBeGreaterThan(0);
    }
  });

  it('the duty of any basket is that of its bill, line by line and in sum', () => {
    const line = fc.record({
      hs: fc.constantFrom('6109100012', '9405218010', '6912004500', '9503000073', '4202923131'),
      cents: fc.integer({ min: 1, max: 50_000 }),
      origin: fc.constantFrom('CN', 'VN', 'DE', 'KR'),
      quantity: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('air-us.ndjson', 'post-us.ndjson'),
        (lines, file) => {
          const request = example(file);
          request.lines = lines.map(({ hs, cents, origin, quantity }, index) => {
            return {
              id: `l${index}`,
              hs,
              description: 'goods of some kind',
              quantity,
              value: (cents / 100).toFixed(2),
              countryOfOrigin: origin,
              massGrams: 10,
            };
          });
          const message = check(request, 'us-entry');
          const bill = checkBill(message, request);
          for (const [index, nodes] of goodsOf(message).entries()) {
            const own = bill.lines.filter((one) => one.line === `l${index}` && one.kind === 'duty');
            const cents = own.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
            expect(textsOf(nodes, 'Duty')).toEqual([(cents / 100).toFixed(2)]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the choice of a US entry', () => {
  const on = (request: ConsignmentRequest, at: string, change: Partial<ConsignmentRequest> = {}) => {
    const result = tried({ ...request, at, ...change }, 'us-entry');
    return result.ok ? result.value.message.record.id : result.error.code;
  };
  const [post, air] = [example('post-us.ndjson'), example('air-us.ndjson')];
  const worth = (value: string) => ({ lines: post.lines.map((line) => ({ ...line, value })) });

  it.each([
    ['2026-07-23', 'no-message'],
    ['2026-07-24', 'us-worksheet'],
    ['2026-09-21', 'us-worksheet'],
    ['2026-09-22', 'us-type13'],
    ['2026-11-23', 'us-type13'],
  ])('for mail on %s is %s', (at, id) => {
    expect(on(post, at)).toBe(id);
  });

  it('goes by value and goods: 2,500 dollars is informal, a cent more formal, antidumping always formal', () => {
    const formal = { references: { ...air.references, entryNumber: 'HCB-0000117-3' } };
    expect(on(air, '2026-11-23', { ...formal, ...worth('2500.00') })).toBe('us-informal');
    expect(on(air, '2026-11-23', { ...formal, ...worth('2500.01') })).toBe('us-formal');
    const [line] = air.lines;
    if (!line) throw new Error('no line');
    expect(on(air, '2026-11-23', { ...formal, lines: [{ ...line, attributes: { antidumping: true } }] })).toBe(
      'us-formal',
    );
    expect(on(air, '2026-11-23')).toBe('us-informal');
  });
});

describe('fields are told by their place in the data set and their paragraph', () => {
  const post = example('post-eu.ndjson');

  it('when they are missing, do not fit, or have no code', () => {
    const { postcode: _, ...noPostcode } = post.parties.addressee;
    expect(refusal({ ...post, parties: { ...post.parties, addressee: noPostcode } }, 'itmatt')).toMatchObject({
      field: 'parties.addressee.postcode',
      data: { message: 'itmatt', element: 'Postcode' },
    });
    const [mug, tee] = post.lines;
    if (!mug || !tee) throw new Error('no lines');
    const hs = refusal({ ...post, lines: [mug, { ...tee, hs: '6109' }] }, 'h7');
    expect(hs).toMatchObject({ code: 'declaration-field', field: 'lines[1].hs' });
    expect(hs.what).toContain('18 09 056 000');
    expect(refusal({ ...post, id: 'an-id-that-is-longer-than-22' }, 'h7').field).toBe('references.localReference');
    expect(refusal({ ...post, schemes: [], codes: { vatRoute: 'maybe' } }, 'h7').field).toBe('codes.vatRoute');
  });

  it('when a description or a name says nothing, but not where the same word is part of more', () => {
    const described = (description: string) => ({
      ...post,
      lines: post.lines.map((line) => ({ ...line, description })),
    });
    for (const vague of ['Gift', ' ACCESSORIES. ', 'electronic  goods']) {
      expect(refusal(described(vague), 'ics2-f43')).toMatchObject({
        field: 'lines[0].description',
        code: 'declaration-field',
      });
    }
    expect(refusal(described('Gift'), 'h7').field).toBe('lines[0].description');
    for (const message of ['ics2-f43', 'h7']) {
      expect(tried(described('Gift box of cardboard, for jewellery'), message).ok).toBe(true);
    }
    const unnamed = { ...post, parties: { ...post.parties, addressee: { ...post.parties.addressee, name: 'n/a' } } };
    expect(refusal(unnamed, 'ics2-f43').field).toBe('parties.addressee.name');
    const air = example('air-us.ndjson');
    const parts = { ...air, lines: air.lines.map((line) => ({ ...line, description: 'Parts' })) };
    expect(refusal(parts, 'acas').what).toContain('too vague');
  });

  it('goes to another country without a postal code', () => {
    const { postcode: _, ...party } = post.parties.addressee;
    const toHongKong = { ...post, parties: { ...post.parties, addressee: { ...party, country: 'HK' } } };
    expect(tried(toHongKong, 'itmatt').ok).toBe(true);
  });

  it.each([
    ['2026-06-30', ['C07', 'F48'], true],
    ['2026-07-01', ['F48'], true],
    ['2026-10-31', ['F48'], true],
    ['2026-11-01', ['F48'], false],
  ])('as the law of %s has them: procedures %s, goods without product identifiers taken: %s', (at, codes, isTaken) => {
    const request = { ...post, at };
    const [, ...rest] = post.lines;
    expect(textsOf(declared({ ...request, lines: rest }, 'h7').message.nodes, 'AdditionalProcedure')).toEqual(codes);
    const bare = { ...request, lines: post.lines.map((line) => ({ ...line, products: {} })) };
    expect(tried(bare, 'h7').ok).toBe(isTaken);
  });

  it('and a message that is the wrong one says which is right', () => {
    const dear = { ...post, lines: post.lines.map((line) => ({ ...line, value: '75.01' })) };
    expect(refusal(dear, 'h7')).toMatchObject({ code: 'wrong-message', field: 'totals.value' });
    expect(refusal(post, 'us-informal').code).toBe('wrong-message');
    expect(refusal(post, 'mawb').code).toBe('wrong-message');
    expect(refusal(example('air-us.ndjson'), 'us-type13').code).toBe('wrong-message');
  });
});

describe('registrations', () => {
  const post = example('post-eu.ndjson');
  const ending = (validTo: string | null) => ({
    ...post,
    registrations: post.registrations?.map((one) => (one.kind === 'ioss' ? { ...one, validTo } : one)),
  });

  it('that have lapsed stop the declaration, by name and date; the last day still counts', () => {
    expect(refusal(ending('2026-11-21'), 'h7')).toMatchObject({
      code: 'registration',
      what: 'IOSS number IM2760000742 lapsed on 2026-11-21',
      data: { status: 'lapsed', number: 'IM2760000742' },
    });
    expect(tried(ending('2026-11-22'), 'h7').ok).toBe(true);
  });

  it('that a lane does not need may lapse', () => {
    const air = example('air-us.ndjson');
    const { representative: _, ...parties } = air.parties;
    const registrations = air.registrations?.filter(({ kind }) => kind !== 'power-of-attorney');
    expect(refusal({ ...air, registrations }, 'us-informal').what).toContain('power of attorney');
    expect(tried({ ...air, parties, registrations }, 'us-informal').ok).toBe(true);
  });

  it('of another number or another holder do not help', () => {
    const { declarant } = post.parties;
    if (!declarant) throw new Error('no declarant');
    const other = { ...post, parties: { ...post.parties, declarant: { ...declarant, eori: 'DE7654321' } } };
    expect(refusal(other, 'h7').what).toBe('EORI number DE7654321 is missing for 2026-11-22');
    const air = example('air-us.ndjson');
    const elsewhere = air.registrations?.map((one) =>
      one.kind === 'power-of-attorney' ? { ...one, holder: 'Another' } : one,
    );
    expect(refusal({ ...air, registrations: elsewhere }, 'us-informal').what).toContain('power of attorney');
    const abroad = air.registrations?.map((one) => ({ ...one, territory: 'GB' }));
    expect(refusal({ ...air, registrations: abroad }, 'us-informal').data).toMatchObject({ status: 'missing' });
  });

  it('of products are asked for by line', () => {
    const air = example('air-us.ndjson');
    const lines = air.lines.map((line, index) =>
      index === 1 ? { ...line, attributes: { cpscRegulated: true } } : line,
    );
    expect(refusal({ ...air, lines }, 'us-informal').what).toBe(
      'product certificate (CPSC) for line lamp is missing for 2026-11-23',
    );
    const certificate = { kind: 'product-certificate', number: 'GCC-1', validFrom: '2026-01-01', validTo: null };
    const held = (covers: string) => ({
      ...air,
      lines,
      registrations: [...(air.registrations ?? []), { ...certificate, lines: [covers] }],
    });
    expect(tried(held('lamp'), 'us-informal').ok).toBe(true);
    expect(tried(held('tee'), 'us-informal').ok).toBe(false);
    expect(tried({ ...air, lines, at: '2026-07-07' }, 'us-informal').ok).toBe(true);
  });
});

describe('a consolidation', () => {
  const parcels = () => readExamples('air-us.ndjson').map(consignment);

  it('sums its parcels, in any order, and keeps masters apart', () => {
    const of = (all: readonly ReturnType<typeof consignment>[]) => {
      const consolidator = new Consolidator(law);
      for (const one of all) expect(consolidator.add(one)).toBeUndefined();
      return consolidator.consolidations();
    };
    const [only] = of(parcels());
    const made = only && declareConsolidation(sources, only, 'consolidated');
    const data = made?.ok ? messageData(made.value.message) : {};
    expect(data).toMatchObject({ Parcels: '2', GrossMass: '2.500', Value: '94.46' });
    const bills = readExamples('air-us.ndjson').map((request) => Number(billOf(request).totals.duty));
    expect(data.Duty).toBe(bills.reduce((sum, duty) => sum + duty, 0).toFixed(2));
    const [turned] = of(parcels().toReversed());
    expect(turned?.facts.totals).toEqual(only?.facts.totals);
  });

  it('needs the registrations of each of its parcels', () => {
    const [one, two] = readExamples('air-us.ndjson');
    if (!one || !two) throw new Error('two parcels wanted');
    const consolidator = new Consolidator(law);
    const lapsed = two.registrations?.map((held) =>
      held.kind === 'us-bond' ? { ...held, validTo: '2026-11-22' } : held,
    );
    for (const request of [one, { ...two, registrations: lapsed }]) consolidator.add(consignment(request));
    const [only] = consolidator.consolidations();
    const made = only && declareConsolidation(sources, only, 'consolidated');
    expect(made).toMatchObject({
      ok: false,
      error: { what: 'US customs bond 9912345 lapsed on 2026-11-22, for parcel us-air-2' },
    });
  });

  it.each([
    ['parcels of different flights', { transport: { flight: 'CA987' } }, 'transport.flight'],
    ['a parcel without a master', { references: {} }, 'references.masterWaybill'],
    ['a parcel twice', {}, 'id'],
  ])('refuses %s', (_, change, field) => {
    const [one] = readExamples('air-us.ndjson');
    if (!one) throw new Error('no parcel');
    const consolidator = new Consolidator(law);
    consolidator.add(consignment(one));
    const id = field === 'id' ? one.id : 'another';
    const transport = { ...one.transport, ...(change as ConsignmentRequest).transport };
    expect(consolidator.add(consignment({ ...one, ...change, transport, id }))?.field).toBe(field);
  });
});

describe('the tables of fields', () => {
  it('read only what the data set has: each field is written for some example', () => {
    const written = new Set<string>();
    const mark = (id: string, nodes: readonly MessageNode[], path: string): void => {
      for (const node of nodes) {
        if ('nodes' in node) mark(id, node.nodes, `${path}${node.element}/`);
        else written.add(`${id} ${path}${node.element}`);
      }
    };
    const now = readdirSync(examples)
      .filter((file) => file.endsWith('.ndjson'))
      .flatMap(readExamples)
      .map(filled);
    const requests = [...now, ...now.map((request) => ({ ...request, at: '2026-09-01' }))];
    for (const { record } of sources.messages.tables) {
      for (const request of requests) {
        const result = record.about === 'master' ? masterOf(request, record.id) : tried(request, record.id);
        if (result?.ok) mark(record.id, result.value.message.nodes, '');
      }
    }
    const silent = sources.messages.tables.flatMap((table) =>
      table.fields().flatMap(({ path }) => {
        const name = `${table.record.id} ${path.join('/')}`;
        // On which lines charges stand is for the law to say.
        return written.has(name) || path.includes('Charge') ? [] : [name];
      }),
    );
    expect(silent).toEqual([]);
  });
});

const masterOf = (request: ConsignmentRequest, as: string) => {
  const consolidator = new Consolidator(law);
  if (consolidator.add(consignment(request))) return undefined;
  const [only] = consolidator.consolidations();
  return only && declareConsolidation(sources, only, as);
};

const CODES = {
  ...{
    representativeStatus: '2',
    transportDocumentType: 'N750',
    locationOfGoods: 'DEFRA',
    gbAdditionalProcedure: 'C07',
  },
  ...{ gbMode: '4', usMode: '40', cnCustomsOffice: '3710', cnTransportMode: '5', relatedParties: 'N' },
  ...{ manufacturerId: 'CNBRIGOO88XIA', verifiedKnownConsignor: 'KC-1', ipAddress: '192.0.2.1', accountName: 'Bright' },
  ...{ accountIssuer: 'Post', accountEstablished: '2020-01-01', accountFrequency: 'daily', accountBilling: 'card' },
  ...{ cnStatisticsFlag: 'A', cnCountry: '502', cnCurrency: '502', cnPortOfDestination: 'USA309', cnPacking: '2' },
  vatRoute: 'standard',
};

/** An example with everything that any message could ask for. */
const filled = (request: ConsignmentRequest): ConsignmentRequest => {
  const full = {
    ...{
      street: '1 High Street',
      additional: 'Floor 2',
      postcode: '12345',
      subdivision: 'CA',
      phone: '+1 310 555 0100',
    },
    ...{ email: 'a@example.com', eori: 'GB123456789000', taxNumber: '12-345678900', account: 'A1' },
  };
  const { sender } = request.parties;
  const roles = ['importer', 'declarant', 'representative', 'platform', 'carrier', 'forwarder', 'agent'];
  const known = Object.entries({ ...Object.fromEntries(roles.map((role) => [role, sender])), ...request.parties });
  const kinds = [
    'ioss',
    'eori',
    'gb-vat',
    'us-importer',
    'us-bond',
    'power-of-attorney',
    'cn-customs',
    'cn-platform',
    'cn-logistics',
    'cn-overseas-stock',
    'cn-declarant',
  ];
  const numbers: Record<string, string> = {
    ioss: 'IM2760000742',
    eori: 'GB123456789000',
    'us-importer': '12-345678900',
  };
  return consignmentSchema.parse({
    ...request,
    category: request.channel === 'postal' ? 'other' : 'sale-of-goods',
    explanation: 'a sale',
    comments: 'none',
    ...{ postage: '1.00', incoterm: 'DDP', incotermPlace: 'Berlin', insurance: '0.10' },
    parties: Object.fromEntries(known.map(([role, party]) => [role, { ...full, ...party }])),
    lines: request.lines.map((line) => ({
      ...line,
      hs: line.hs?.padEnd(10, '0'),
      products: { merchant: 'a', manufacturer: 'b', standard: '4006381333931' },
      codes: { cnModel: 'none', cnUnit: '011', cnStatutoryUnit: '035', cnStatutoryQuantity: '1' },
      furtherCodes: ['99030588'],
      certificates: [{ kind: 'GCC', number: '1' }],
    })),
    references: {
      ...{
        licence: 'L1',
        certificate: 'C1',
        uniqueReference: 'U1',
        previousDocument: 'P1',
        entryNumber: 'HCB-0000117-3',
      },
      ...{ filerCode: 'HCB', order: 'O1', houseWaybill: 'H1', masterWaybill: '784-12345675' },
      ...request.references,
    },
    transport: {
      ...{ flight: 'CZ461', carrier: 'CZ', departureAirport: 'CAN', arrivalAirport: 'FRA', routing: ['CN', 'DE'] },
      ...{
        departsAt: '2026-11-22T01:10:00+08:00',
        arrivesAt: '2026-11-22T06:30:00+01:00',
        portOfEntry: '2720',
        portOfExit: '3710',
      },
      ...{ packingCity: 'Xiamen', packingCountry: 'CN' },
      ...request.transport,
    },
    codes: { ...CODES, ...request.codes },
    registrations: [...kinds.map((kind) => [kind, numbers[kind] ?? 'N1']), ['eori', 'DE1234567']].map(
      ([kind, number]) => {
        return { kind, number, validFrom: '2020-01-01', validTo: null };
      },
    ),
  });
};
