import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADD_CSV, ALT_CSV, EU_CSV, EU_XML, SDN_ADVANCED_XML, SDN_CSV, SDN_XML } from './fixtures/lists.ts';
import { ListFault, type ListPart } from './list.ts';
import { ListJoiner } from './lists/join.ts';
import { ListReader } from './lists/recognise.ts';

const read = (...pieces: readonly string[]): ListPart => {
  const reader = new ListReader();
  for (const piece of pieces) reader.feed(piece);
  return reader.finish();
};
const join = (...texts: readonly string[]) => {
  const parts = texts.map((text) => read(text));
  const joiner = new ListJoiner();
  for (const [index, part] of parts.entries()) joiner.addEntries(part, `${index}`.repeat(64));
  for (const part of parts) joiner.addMore(part);
  return joiner.finish();
};
const faultOf = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ListFault) return `${error.line}: ${error.what}`;
    throw error;
  }
  return 'no fault';
};

describe('denied-party lists', () => {
  it('are told by their content', () => {
    const texts = [SDN_CSV, ALT_CSV, ADD_CSV, SDN_XML, SDN_ADVANCED_XML, EU_XML, EU_CSV, `\uFEFF${EU_CSV}`];
    expect(texts.map((text) => [read(text).list, read(text).format, read(text).issued])).toEqual([
      ['ofac', 'OFAC SDN.CSV', undefined],
      ['ofac', 'OFAC ALT.CSV', undefined],
      ['ofac', 'OFAC ADD.CSV', undefined],
      ['ofac', 'OFAC XML', '2026-11-20'],
      ['ofac', 'OFAC advanced XML', '2026-11-20'],
      ['eu', 'EU XML 1.1', '2026-11-19'],
      ['eu', 'EU CSV 1.1', '2026-11-19'],
      ['eu', 'EU CSV 1.1', '2026-11-19'],
    ]);
  });

  it("say the same of OFAC's entries in CSV, put together from three files, and in XML", () => {
    const named = (lists: ReturnType<typeof join>) =>
      lists[0]?.entries.map(({ id, kind, names, countries, birthDates, programs }) => ({
        id,
        kind,
        strong: names.filter(({ weak }) => !weak).length,
        weak: names.filter(({ weak }) => weak).map(({ name }) => name),
        countries,
        birthDates,
        programs,
      }));
    expect(named(join(SDN_CSV, ALT_CSV, ADD_CSV))).toEqual(named(join(SDN_XML)));
    expect(named(join(SDN_XML))?.[1]).toEqual({
      id: '9002',
      kind: 'person',
      strong: 2,
      weak: ['YURA'],
      countries: ['Freedonia'],
      birthDates: ['10 Dec 1948'],
      programs: ['TEST1', 'TEST2'],
    });
    expect(join(SDN_CSV, ALT_CSV, ADD_CSV)[0]?.version).toBe(
      'sha256:0000000000000000 + sha256:1111111111111111 + sha256:2222222222222222',
    );
  });

  it("follow the references of OFAC's advanced XML", () => {
    expect(read(SDN_ADVANCED_XML).entries).toEqual([
      {
        id: '9002',
        kind: 'person',
        names: [
          { name: 'OBRAZTSOV Yuri Petrovich', weak: false },
          { name: 'YURA', weak: true },
        ],
        countries: ['Freedonia'],
        birthDates: ['1948-12-10'],
        programs: ['TEST1'],
      },
    ]);
  });

  it("say the same of the EU's entries in CSV and XML, but for which aliases are weak", () => {
    const strong = (part: ListPart) =>
      part.entries.map((entry) => ({ ...entry, names: entry.names.map(({ name }) => name) }));
    expect(strong(read(EU_CSV))).toEqual(strong(read(EU_XML)));
  });

  it('can be cut into pieces anywhere', () => {
    const text = fc.constantFrom(SDN_CSV, SDN_XML, SDN_ADVANCED_XML, EU_XML, EU_CSV);
    fc.assert(
      fc.property(text, fc.array(fc.nat(4000), { maxLength: 6 }), (whole, cuts) => {
        const places = [0, ...cuts.map((cut) => cut % whole.length).sort((a, b) => a - b), whole.length];
        const pieces = places.slice(1).map((end, index) => whole.slice(places[index], end));
        expect(read(...pieces)).toEqual(read(whole));
      }),
      { numRuns: 60 },
    );
  });

  it('may end their lines in any way, and with the sign that ends files of DOS', () => {
    for (const end of ['\n', '\r', '\r\n']) {
      expect(read(`${SDN_CSV.replaceAll('\r\n', end)}${end}\u001a`)).toEqual(read(SDN_CSV));
    }
  });

  it('are refused by line when they are something else', () => {
    expect(faultOf('id,name\n1,x\n')).toMatch(/^1: is none of the lists .*neither a header nor a row/);
    expect(faultOf('')).toMatch(/^1: is none of the lists .*empty/);
    expect(faultOf('<?xml version="1.0"?>\n<html><body/></html>')).toMatch(/^1: is none .*<html>/);
    expect(faultOf(`${SDN_CSV}\r\n9004,"SHORT"\r\n`)).toBe('4: does not have the 12 columns of SDN.CSV');
    expect(faultOf(`${EU_CSV}\n19/11/2026;73`)).toBe('8: has 2 fields where the header has 11');
    expect(faultOf('fileGenerationDate;Entity_LogicalId;Entity_Remark\nx;1;y')).toBe('1: is not among the columns');
    expect(faultOf(SDN_XML.slice(0, 900))).toMatch(/^\d+: is not sound XML/);
    expect(faultOf(SDN_XML.replace('<lastName>MV EXAMPLE STAR</lastName>', ''))).toMatch(/^18: entry 9003 has no name/);
    expect(faultOf('<sdnList></sdnList>')).toMatch(/^1: is a list without an entry/);
    expect(faultOf(`${SDN_CSV}\r\n"open`)).toMatch(/^4: a quoted field is never closed/);
  });

  it('are refused when they do not belong together', () => {
    expect(() => join(ALT_CSV)).toThrow(/belongs to entry 9002, which no file has/);
    expect(() => join(SDN_CSV, SDN_XML)).toThrow(/entry 9001 of list ofac stands here and in a file before/);
  });
});
