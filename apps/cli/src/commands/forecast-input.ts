import { type DemandFile, SeriesBook, type SeriesRules } from '@crossparcel/demand';
import { InputError, type Position, readCsv } from '@crossparcel/files';
import { problemDetails } from '@crossparcel/units';
import { EXIT } from '../conventions/exit.ts';

const COLUMNS = ['series', 'period', 'value'] as const;

const columnsOf = (header: readonly string[], file: string): readonly number[] =>
  COLUMNS.map((name) => {
    const place = header.indexOf(name);
    const twice = place >= 0 && header.indexOf(name, place + 1) >= 0;
    if (place >= 0 && !twice) return place;
    const fault = {
      code: 'bad-demand',
      field: name,
      what: twice ? 'names two columns' : 'is no column',
      mend: `give the header ${COLUMNS.join(',')}`,
    };
    throw new InputError(fault, { file, line: 1 });
  });

/** Reads CSV files of past demand into series. Throws `InputError` for a file that cannot be read on or holds no row. */
export const readDemand = async (files: readonly string[], rules: SeriesRules): Promise<DemandFile<Position>> => {
  const book = new SeriesBook<Position>(rules);
  for (const file of files) {
    let rows = 0;
    for await (const batch of readCsv(file)) {
      const [series = 0, period = 0, value = 0] = columnsOf(batch.header, file);
      for (const { fields, line } of batch.rows) {
        book.add(
          { series: fields[series] ?? '', period: fields[period] ?? '', value: fields[value] ?? '' },
          { file, line },
        );
      }
      rows += batch.rows.length;
    }
    if (rows === 0) {
      const fault = { code: 'empty-file', what: 'holds no demand', mend: 'give a row for each series and period' };
      throw new InputError(fault, { file, line: 1 });
    }
  }
  return book.close();
};

type Faulty = Extract<DemandFile<Position>['entries'][number], { fault: unknown }>;

/** The error of a series, in the place of its records. */
export const faultRecord = ({ id, fault, place }: Faulty): object => ({
  id,
  series: id,
  error: problemDetails(new InputError(fault, place)),
});

/** Throws the first fault of a file; with `keepGoing` tells them all, and that the command is to exit with 3. */
export const tellFaults = ({ entries }: DemandFile<Position>, keepGoing: boolean): void => {
  for (const entry of entries) {
    if (!('fault' in entry)) continue;
    const error = new InputError(entry.fault, entry.place);
    if (!keepGoing) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.doneWithBadRecords;
  }
};
