import { type BottomSeries, type DemandFile, type DemandSeries, periodText } from '@crossparcel/demand';
import { InputError, type Position, readCsv } from '@crossparcel/files';

/** The groups of series: the names of the levels from the bottom up, and of each series its group at each level. */
export interface Groups {
  readonly levels: readonly string[];
  readonly bySeries: ReadonlyMap<string, { readonly groups: readonly string[]; readonly line: number }>;
}

const SERIES = 'series';
const MEND = 'give the header series,product,category,shop with the levels that there are, from the bottom up';

const fail = (file: string, line: number, field: string | undefined, what: string, mend: string): never => {
  throw new InputError({ code: 'bad-groups', ...(field !== undefined && { field }), what, mend }, { file, line });
};

const levelsOf = (header: readonly string[], file: string): string[] => {
  if (!header.includes(SERIES)) fail(file, 1, SERIES, 'is no column', MEND);
  const levels = header.filter((name) => name !== SERIES);
  if (levels.length === 0) fail(file, 1, undefined, 'names no groups', MEND);
  const taken = levels.find((name, place) => name === '' || name === 'total' || levels.indexOf(name) !== place);
  if (taken !== undefined)
    fail(file, 1, taken, 'cannot name a level', 'give each level a name of its own, none of them total');
  return levels;
};

/** Reads the groups of series: CSV `series`, then a column for each level from the bottom up. Throws `InputError`. */
export const readGroups = async (file: string): Promise<Groups> => {
  const bySeries = new Map<string, { groups: readonly string[]; line: number }>();
  let levels: string[] = [];
  for await (const { header, rows } of readCsv(file)) {
    levels = levelsOf(header, file);
    for (const { fields, line } of rows) {
      const at = (name: string) => (fields[header.indexOf(name)] ?? '').trim();
      const id = at(SERIES);
      if (bySeries.has(id)) fail(file, line, SERIES, `is there twice: ${id}`, 'give each series one row');
      const empty = [SERIES, ...levels].find((name) => at(name) === '');
      if (empty !== undefined) fail(file, line, empty, 'is missing', 'name the group');
      bySeries.set(id, { groups: levels.map(at), line });
    }
  }
  if (bySeries.size === 0) fail(file, 1, undefined, 'holds no series', 'give a row for each series');
  return { levels, bySeries };
};

/** The series that can be used. */
export const soundOf = (entries: DemandFile<Position>['entries']): DemandSeries[] =>
  entries.flatMap((entry) => ('fault' in entry ? [] : [entry]));

/**
 * The series of a file with their groups. Throws `InputError` for a series without groups, groups of a series that is not there,
 * and series that do not end together.
 */
export const groupedSeries = (
  { grid, entries }: DemandFile<Position>,
  { bySeries }: Groups,
  file: string,
): BottomSeries[] => {
  const nextPeriod = ({ firstDay, values }: DemandSeries) => periodText(grid, firstDay, values.length);
  const sound = soundOf(entries);
  const known = new Set(sound.map(({ id }) => id));
  for (const [id, { line }] of bySeries)
    if (!known.has(id)) fail(file, line, SERIES, `is not in the demand: ${id}`, 'leave it out, or give its demand');
  const [first] = sound;
  return sound.map((series) => {
    const found = bySeries.get(series.id);
    if (!found) return fail(file, 1, SERIES, `has no row for ${series.id}`, 'give each series its groups');
    if (first && nextPeriod(series) !== nextPeriod(first))
      fail(
        file,
        found.line,
        SERIES,
        `${series.id} does not end with ${first.id}`,
        'give all series up to the same period',
      );
    return { id: series.id, values: series.values, groups: found.groups };
  });
};
