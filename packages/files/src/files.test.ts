import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { csvField, parseCsv, readCsv, recordOf } from './csv.ts';
import { JsonObjects } from './json-objects.ts';
import { OutputFile, OutputFolder } from './output.ts';
import { readBatches, recordsOf } from './records.ts';
import { Reference } from './reference.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossparcel-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
const file = (name: string, content: string | Buffer): string => {
  count += 1;
  const path = join(folder, `${count}-${name}`);
  writeFileSync(path, content);
  return path;
};

const csvRecords = async (path: string) => {
  const records: { record: Record<string, string>; line: number }[] = [];
  for await (const { header, rows } of readCsv(path)) {
    for (const { fields, line } of rows) records.push({ record: recordOf(header, fields), line });
  }
  return records;
};

const records = async (path: string) => {
  const all: { value: unknown; line: number; fault?: string }[] = [];
  for await (const batch of readBatches(path)) {
    for (const { value, position, fault } of recordsOf(batch)) {
      all.push({ value, line: position.line, ...(fault && { fault: fault.message }) });
    }
  }
  return all;
};

describe('CSV', () => {
  it('reads quotes, commas and line ends inside fields, CRLF, blank lines and a byte order mark', async () => {
    const text = '\uFEFFsku,description\r\nA,"one, ""two""\nthree"\r\n\r\nB,plain\r\n';
    expect(await csvRecords(file('a.csv', text))).toEqual([
      { record: { sku: 'A', description: 'one, "two"\nthree' }, line: 2 },
      { record: { sku: 'B', description: 'plain' }, line: 5 },
    ]);
  });

  it('reads back whatever was written', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', '中', '\t') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), async (rows) => {
        const text = `x,y\n${rows.map((row) => `${row.map((one) => csvField(`k${one}`)).join(',')}\n`).join('')}`;
        expect(parseCsv(text, 't').map((row) => [row.x, row.y])).toEqual(
          rows.map((row) => row.map((one) => `k${one}`)),
        );
      }),
    );
  });

  it('reads GB18030 where a file is that, and gzip of either', async () => {
    const gb = Buffer.concat([Buffer.from('sku,name\n1,'), Buffer.from([0xb9, 0xba, 0xce, 0xef]), Buffer.from('\n')]);
    for (const path of [file('gb.csv', gb), file('gb.csv.gz', gzipSync(gb))]) {
      expect(await csvRecords(path)).toEqual([{ record: { sku: '1', name: '购物' }, line: 2 }]);
    }
  });

  it('keeps lines and characters whole across the chunks in which a large file comes', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `${index},购物袋 ${index}`);
    const read = await csvRecords(file('large.csv', `sku,name\n${rows.join('\n')}`));
    expect(read.map(({ record }) => `${record.sku},${record.name}`)).toEqual(rows);
    expect(read.at(-1)?.line).toBe(20_001);
  });

  it.each([
    ['sku,name\n1,2,3\n', /:2: has 3 fields where the header has 2/],
    ['sku,name\n1,"open\n2,3\n', /:2: a quoted field is never closed/],
    ['sku,name\n1,"a"b\n', /:2: text follows a closing quote/],
    ['', /:1: is empty/],
  ])('%j is named by line', async (text, message) => {
    await expect(csvRecords(file('bad.csv', text))).rejects.toThrow(message);
  });

  it('names what is no text, no gzip, cut short, or not there', async () => {
    await expect(csvRecords(file('bytes.csv', Buffer.from([0x61, 0x0a, 0xff, 0xff, 0x0a])))).rejects.toThrow(
      /:2: is not UTF-8 or GB18030 text/,
    );
    await expect(csvRecords(file('cut.csv.gz', gzipSync('a,b\n1,2\n'.repeat(1000)).subarray(0, 40)))).rejects.toThrow(
      /ends early/,
    );
    await expect(
      csvRecords(file('bad.csv.gz', Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))),
    ).rejects.toThrow(/not a sound gzip/);
    await expect(csvRecords(join(folder, 'none.csv'))).rejects.toThrow(/there is no such file/);
    await expect(csvRecords(folder)).rejects.toThrow(/is a folder/);
  });
});

describe('records', () => {
  it('come from newline-delimited JSON with their lines, and a bad one with its fault', async () => {
    expect(await records(file('a.ndjson', '{"id":1}\n\n{"id":\n{"id":3}'))).toEqual([
      { value: { id: 1 }, line: 1 },
      { value: undefined, line: 3, fault: expect.stringMatching(/:3: is not a JSON object/) },
      { value: { id: 3 }, line: 4 },
    ]);
  });

  it('come from an array, whatever stands inside strings, however the text is cut', () => {
    const value = [{ a: '{"}[\\"' }, { b: [{ c: '}' }, []] }, {}];
    const text = JSON.stringify(value, null, 1);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 6 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        const objects = new JsonObjects('t');
        const found: unknown[] = [];
        let line = 1;
        for (let index = 1; index < places.length; index += 1) {
          const piece = text.slice(places[index - 1], places[index]);
          for (const object of objects.feed({ text: piece, firstLine: line })) found.push(JSON.parse(object.text));
          line += piece.split('\n').length - 1;
        }
        objects.finish();
        expect(found).toEqual(value);
      }),
    );
  });

  it('name what is wrong with an array', async () => {
    await expect(records(file('a.json', '[{"a":1},'))).rejects.toThrow(/ends early/);
    await expect(records(file('b.json', '[1,2]'))).rejects.toThrow(/1 stands where a record was expected/);
    await expect(records(file('c.json', ''))).rejects.toThrow(/is empty/);
    expect(await records(file('d.json', '{"id":7}'))).toEqual([{ value: { id: 7 }, line: 1 }]);
  });

  it('need a name that tells their form', () => {
    expect(() => readBatches(file('a.txt', ''))).toThrow(/tells no form/);
  });
});

describe('outputs', () => {
  it('appear when they are complete, and leave no trace when they are not', async () => {
    const path = join(folder, 'out.ndjson');
    const first = new OutputFile(path);
    await first.write('half');
    await first.discard();
    expect(readdirSync(folder).filter((name) => name.includes('out.ndjson'))).toEqual([]);
    const second = new OutputFile(path);
    await second.write('whole\n');
    expect(readdirSync(folder)).not.toContain('out.ndjson');
    await second.commit();
    expect(readFileSync(path, 'utf8')).toBe('whole\n');
  });

  it('replace an earlier folder of the same files, and refuse any other', async () => {
    const path = join(folder, 'plan');
    const write = async (text: string) => {
      const output = await OutputFolder.prepare(path, ['a.txt']);
      await output.open('a.txt').write(text);
      await output.commit();
    };
    await write('one');
    await write('two');
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('two');
    expect(readdirSync(folder).filter((name) => name.includes('plan'))).toEqual(['plan']);
    writeFileSync(join(path, 'mine.txt'), 'mine');
    await expect(write('three')).rejects.toThrow(/already holds mine.txt/);
    expect(readFileSync(join(path, 'mine.txt'), 'utf8')).toBe('mine');
  });
});

describe('the reference folder', () => {
  const reference = new Reference();

  it('fits its schemas, and its law compiles', () => {
    const references = reference.networkReferences();
    expect(reference.network().lanes.length).toBeGreaterThan(10);
    expect(references.rateCard('usps-ground-advantage-commercial')?.zones?.names).toHaveLength(9);
    expect(references.cartonSet('us-default')?.cartons).toHaveLength(27);
    expect(references.zones('us-zip3.csv', 'LAX')?.length).toBeGreaterThan(800);
    expect(references.zones('us-zip3.csv', 'NOWHERE')).toBeUndefined();
    expect(reference.estimates().byValue.at(-1)?.belowUsd).toBeNull();
  });

  it('names file and field of a record that does not fit', () => {
    const root = mkdtempSync(join(folder, 'reference-'));
    expect(() => new Reference(root).network()).toThrow(/default.json:1: there is no such file/);
  });
});
